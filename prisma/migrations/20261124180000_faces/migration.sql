-- Pictures that people and communities chose; without one they have a generated face.
ALTER TABLE "people" ADD COLUMN "avatar_id" UUID;
ALTER TABLE "people" ADD CONSTRAINT "people_avatar_id_fkey" FOREIGN KEY ("avatar_id") REFERENCES "files"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "communities" ADD COLUMN "icon_id" UUID;
ALTER TABLE "communities" ADD CONSTRAINT "communities_icon_id_fkey" FOREIGN KEY ("icon_id") REFERENCES "files"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "people_avatar_id_idx" ON "people"("avatar_id");
CREATE INDEX "communities_icon_id_idx" ON "communities"("icon_id");
