-- A mobile number and an e-mail address are what an account says of itself until they are verified: until then anybody may
-- have them, and they find nobody. A verified one belongs to one account.
ALTER TABLE "people" ADD COLUMN "mobile_verified_at" TIMESTAMPTZ(3);
ALTER TABLE "people" ADD COLUMN "email_verified_at" TIMESTAMPTZ(3);
-- Which account has it longest: a later one does not take its place.
ALTER TABLE "people" ADD COLUMN "mobile_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "people" ADD COLUMN "email_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
DROP INDEX "people_mobile_key";
DROP INDEX "people_email_key";
CREATE INDEX "people_mobile_idx" ON "people"("mobile");
CREATE INDEX "people_email_idx" ON "people"("email");
CREATE UNIQUE INDEX "people_verified_mobile_key" ON "people"("mobile") WHERE "mobile_verified_at" IS NOT NULL;
CREATE UNIQUE INDEX "people_verified_email_key" ON "people"("email") WHERE "email_verified_at" IS NOT NULL;
