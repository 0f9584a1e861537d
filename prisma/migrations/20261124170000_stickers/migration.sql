-- Packs of stickers. A pack stays as it was made: messages and other people point into it.
CREATE TABLE "sticker_packs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    -- The id of its info.json; only ours are unique by it.
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    -- Null: came with the product, and everybody has it.
    "owner_id" UUID,
    "size" TEXT NOT NULL,
    "icon_file_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sticker_packs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "sticker_packs_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "sticker_packs_icon_file_id_fkey" FOREIGN KEY ("icon_file_id") REFERENCES "files"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "sticker_packs_size_check" CHECK ("size" IN ('small', 'middle', 'large'))
);
CREATE UNIQUE INDEX "sticker_packs_own_key_key" ON "sticker_packs"("key") WHERE "owner_id" IS NULL;
CREATE INDEX "sticker_packs_owner_id_idx" ON "sticker_packs"("owner_id");

CREATE TABLE "stickers" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "pack_id" UUID NOT NULL,
    -- Its place in the pack.
    "n" INTEGER NOT NULL,
    -- Its name in the pack, without the extension.
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "file_id" UUID NOT NULL,

    CONSTRAINT "stickers_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "stickers_pack_id_fkey" FOREIGN KEY ("pack_id") REFERENCES "sticker_packs"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "stickers_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "files"("id") ON DELETE NO ACTION ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "stickers_pack_id_key_key" ON "stickers"("pack_id", "key");
CREATE INDEX "stickers_file_id_idx" ON "stickers"("file_id");
CREATE INDEX "sticker_packs_icon_file_id_idx" ON "sticker_packs"("icon_file_id");

CREATE TABLE "person_sticker_packs" (
    "person_id" UUID NOT NULL,
    "pack_id" UUID NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_sticker_packs_pkey" PRIMARY KEY ("person_id", "pack_id"),
    CONSTRAINT "person_sticker_packs_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "person_sticker_packs_pack_id_fkey" FOREIGN KEY ("pack_id") REFERENCES "sticker_packs"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "favourite_stickers" (
    "person_id" UUID NOT NULL,
    "sticker_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "favourite_stickers_pkey" PRIMARY KEY ("person_id", "sticker_id"),
    CONSTRAINT "favourite_stickers_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "favourite_stickers_sticker_id_fkey" FOREIGN KEY ("sticker_id") REFERENCES "stickers"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
