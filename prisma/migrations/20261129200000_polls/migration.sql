-- Polls and sign-ups: what people answer, and how it is counted.
-- CreateTable
CREATE TABLE "message_results" (
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "voters" INTEGER NOT NULL DEFAULT 0,
    "votes" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "last_entry" INTEGER NOT NULL DEFAULT 0,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "publish_due" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "message_results_pkey" PRIMARY KEY ("conversation_id","seq")
);

-- CreateTable
CREATE TABLE "quiz_answers" (
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "correct" INTEGER NOT NULL,
    "explanation" TEXT NOT NULL,

    CONSTRAINT "quiz_answers_pkey" PRIMARY KEY ("conversation_id","seq")
);

-- CreateTable
CREATE TABLE "poll_votes" (
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "choices" INTEGER[],

    CONSTRAINT "poll_votes_pkey" PRIMARY KEY ("conversation_id","seq","person_id")
);

-- CreateTable
CREATE TABLE "poll_choices" (
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "option" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "voted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "poll_choices_pkey" PRIMARY KEY ("conversation_id","seq","person_id","option")
);

-- CreateTable
CREATE TABLE "signup_entries" (
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signup_entries_pkey" PRIMARY KEY ("conversation_id","seq","id")
);

-- CreateIndex
CREATE INDEX "poll_votes_person_id_conversation_id_seq_idx" ON "poll_votes"("person_id", "conversation_id", "seq");

-- CreateIndex
CREATE INDEX "poll_choices_conversation_id_seq_option_voted_at_person_id_idx" ON "poll_choices"("conversation_id", "seq", "option", "voted_at", "person_id");

-- CreateIndex
CREATE INDEX "poll_choices_person_id_idx" ON "poll_choices"("person_id");

-- CreateIndex
CREATE INDEX "signup_entries_person_id_conversation_id_seq_idx" ON "signup_entries"("person_id", "conversation_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "signup_entries_conversation_id_seq_n_key" ON "signup_entries"("conversation_id", "seq", "n");

-- AddForeignKey
ALTER TABLE "message_results" ADD CONSTRAINT "message_results_conversation_id_seq_fkey" FOREIGN KEY ("conversation_id", "seq") REFERENCES "messages"("conversation_id", "seq") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quiz_answers" ADD CONSTRAINT "quiz_answers_conversation_id_seq_fkey" FOREIGN KEY ("conversation_id", "seq") REFERENCES "messages"("conversation_id", "seq") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "poll_votes" ADD CONSTRAINT "poll_votes_conversation_id_seq_fkey" FOREIGN KEY ("conversation_id", "seq") REFERENCES "messages"("conversation_id", "seq") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "poll_votes" ADD CONSTRAINT "poll_votes_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "poll_choices" ADD CONSTRAINT "poll_choices_conversation_id_seq_fkey" FOREIGN KEY ("conversation_id", "seq") REFERENCES "messages"("conversation_id", "seq") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "poll_choices" ADD CONSTRAINT "poll_choices_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signup_entries" ADD CONSTRAINT "signup_entries_conversation_id_seq_fkey" FOREIGN KEY ("conversation_id", "seq") REFERENCES "messages"("conversation_id", "seq") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signup_entries" ADD CONSTRAINT "signup_entries_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
