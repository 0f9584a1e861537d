-- Many links into a community, of which only hashes are stored; a question for those who ask; who may be added by friends.

CREATE TABLE "community_invites" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "community_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "creator_id" UUID NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "max_uses" INTEGER,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "community_invites_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "community_invite_uses" (
    "invite_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "community_invite_uses_pkey" PRIMARY KEY ("invite_id","person_id")
);

CREATE UNIQUE INDEX "community_invites_code_hash_key" ON "community_invites"("code_hash");
CREATE INDEX "community_invites_community_id_id_idx" ON "community_invites"("community_id", "id");
CREATE INDEX "community_invites_creator_id_idx" ON "community_invites"("creator_id");
CREATE INDEX "community_invite_uses_invite_id_used_at_person_id_idx" ON "community_invite_uses"("invite_id", "used_at", "person_id");
CREATE INDEX "community_invite_uses_person_id_idx" ON "community_invite_uses"("person_id");

ALTER TABLE "community_invites" ADD CONSTRAINT "community_invites_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "communities"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "community_invites" ADD CONSTRAINT "community_invites_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "community_invite_uses" ADD CONSTRAINT "community_invite_uses_invite_id_fkey" FOREIGN KEY ("invite_id") REFERENCES "community_invites"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "community_invite_uses" ADD CONSTRAINT "community_invite_uses_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The links that were handed out go on leading there.
INSERT INTO "community_invites" ("community_id", "code_hash", "creator_id")
SELECT "id", sha256(convert_to("invite_code", 'UTF8')), "owner_id" FROM "communities";

ALTER TABLE "communities" DROP COLUMN "invite_code", ADD COLUMN "join_question" TEXT NOT NULL DEFAULT '';
ALTER TABLE "people" ADD COLUMN "added_by" TEXT NOT NULL DEFAULT 'ask';
