import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.pusher.client.Pusher;
import com.pusher.client.PusherOptions;
import com.pusher.client.channel.PrivateChannelEventListener;
import com.pusher.client.channel.PusherEvent;
import com.pusher.rest.data.Event;
import com.pusher.rest.data.PresenceUser;
import com.pusher.rest.data.Result;
import com.pusher.rest.data.Validity;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers one command of JSON a line with one answer of JSON a line, by the stock pusher-http-java and pusher-java-client. */
public class Driver {
  static final Gson gson = new Gson();
  static final String host = System.getenv("SDK_HOST");
  static final int port = Integer.parseInt(System.getenv("SDK_PORT"));
  static final com.pusher.rest.Pusher backend =
      new com.pusher.rest.Pusher(System.getenv("SDK_APP_ID"), System.getenv("SDK_KEY"), System.getenv("SDK_SECRET"));
  static final List<Object> heard = Collections.synchronizedList(new ArrayList<>());

  static Object read(Result result) {
    if (result.getStatus() != Result.Status.SUCCESS) throw new IllegalStateException(result.getMessage());
    return JsonParser.parseString(result.getMessage());
  }

  static List<String> channelsOf(JsonObject said) {
    List<String> channels = new ArrayList<>();
    said.getAsJsonArray("channels").forEach(one -> channels.add(one.getAsString()));
    return channels;
  }

  static Object listen(String channel) throws Exception {
    CountDownLatch ready = new CountDownLatch(1);
    PusherOptions options = new PusherOptions().setHost(host).setWsPort(port).setUseTLS(false)
        .setChannelAuthorizer((name, socketId) -> backend.authenticate(socketId, name));
    Pusher client = new Pusher(System.getenv("SDK_KEY"), options);
    client.subscribePrivate(channel, new PrivateChannelEventListener() {
      public void onEvent(PusherEvent event) {
        heard.add(JsonParser.parseString(event.getData()));
      }

      public void onSubscriptionSucceeded(String name) {
        ready.countDown();
      }

      public void onAuthenticationFailure(String message, Exception error) {
        System.err.println(message);
      }
    }, "said");
    client.connect();
    if (!ready.await(10, TimeUnit.SECONDS)) throw new IllegalStateException("not subscribed after 10 seconds");
    return null;
  }

  static Object act(JsonObject said) throws Exception {
    switch (said.get("do").getAsString()) {
      case "trigger":
        return read(backend.trigger(channelsOf(said), said.get("name").getAsString(), said.get("data")));
      case "batch":
        List<Event> events = new ArrayList<>();
        for (String channel : channelsOf(said)) events.add(new Event(channel, "said", said.get("data")));
        return read(backend.trigger(events));
      case "info":
        return read(backend.get("/channels/" + said.get("channel").getAsString(), Map.of("info", "subscription_count")));
      case "users":
        List<String> ids = new ArrayList<>();
        JsonObject users = (JsonObject) read(backend.get("/channels/" + said.get("channel").getAsString() + "/users"));
        users.getAsJsonArray("users").forEach(one -> ids.add(one.getAsJsonObject().get("id").getAsString()));
        return Map.of("users", ids);
      case "authorize":
        String name = said.get("channel").getAsString();
        String socketId = said.get("socketId").getAsString();
        String auth = name.startsWith("presence-")
            ? backend.authenticate(socketId, name, new PresenceUser(said.get("userId").getAsString()))
            : backend.authenticate(socketId, name);
        return JsonParser.parseString(auth);
      case "webhook":
        Validity validity = backend.validateWebhookSignature(
            said.get("key").getAsString(), said.get("signature").getAsString(), said.get("body").getAsString());
        return Map.of("valid", validity == Validity.VALID);
      case "listen":
        return listen(said.get("channel").getAsString());
      default:
        return Map.of("events", new ArrayList<>(heard));
    }
  }

  public static void main(String[] arguments) throws Exception {
    backend.setHost(host + ":" + port);
    backend.setEncrypted(false);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject answer = new JsonObject();
      try {
        answer.add("ok", gson.toJsonTree(act(JsonParser.parseString(line).getAsJsonObject())));
      } catch (Exception error) {
        answer.addProperty("error", error.toString());
      }
      System.out.println(answer);
    }
    System.exit(0);
  }
}
