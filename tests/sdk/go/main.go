// Answers one command of JSON a line with one answer of JSON a line, by the stock pusher-http-go. It has no client.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"

	pusher "github.com/pusher/pusher-http-go/v5"
)

type command struct {
	Do, Name, Channel, SocketId, UserId, Key, Signature, Body string
	Channels                                                  []string
	Data                                                      any
}

var backend = pusher.Client{
	AppID:  os.Getenv("SDK_APP_ID"),
	Key:    os.Getenv("SDK_KEY"),
	Secret: os.Getenv("SDK_SECRET"),
	Host:   os.Getenv("SDK_HOST") + ":" + os.Getenv("SDK_PORT"),
}

func authorize(said command) (any, error) {
	params := []byte(url.Values{"socket_id": {said.SocketId}, "channel_name": {said.Channel}}.Encode())
	var answer []byte
	var err error
	if len(said.Channel) > 9 && said.Channel[:9] == "presence-" {
		answer, err = backend.AuthorizePresenceChannel(params, pusher.MemberData{UserID: said.UserId})
	} else {
		answer, err = backend.AuthorizePrivateChannel(params)
	}
	return json.RawMessage(answer), err
}

func do(said command) (any, error) {
	switch said.Do {
	case "trigger":
		return nil, backend.TriggerMulti(said.Channels, said.Name, said.Data)
	case "batch":
		var events []pusher.Event
		for _, channel := range said.Channels {
			events = append(events, pusher.Event{Channel: channel, Name: "said", Data: said.Data})
		}
		return backend.TriggerBatch(events)
	case "info":
		attributes := "subscription_count"
		channel, err := backend.Channel(said.Channel, pusher.ChannelParams{Info: &attributes})
		if err != nil {
			return nil, err
		}
		return map[string]any{"occupied": channel.Occupied, "subscription_count": channel.SubscriptionCount}, nil
	case "users":
		users, err := backend.GetChannelUsers(said.Channel)
		if err != nil {
			return nil, err
		}
		ids := []string{}
		for _, user := range users.List {
			ids = append(ids, user.ID)
		}
		return map[string]any{"users": ids}, nil
	case "authorize":
		return authorize(said)
	case "webhook":
		header := http.Header{"X-Pusher-Key": {said.Key}, "X-Pusher-Signature": {said.Signature}}
		_, err := backend.Webhook(header, []byte(said.Body))
		return map[string]any{"valid": err == nil}, nil
	}
	return nil, fmt.Errorf("this SDK has nothing for %s", said.Do)
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var said command
		err := json.Unmarshal(lines.Bytes(), &said)
		var result any
		if err == nil {
			result, err = do(said)
		}
		answer := map[string]any{"ok": result}
		if err != nil {
			answer = map[string]any{"error": err.Error()}
		}
		text, _ := json.Marshal(answer)
		fmt.Println(string(text))
	}
}
