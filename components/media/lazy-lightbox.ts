import dynamic from "next/dynamic";

/** The lightbox: its code is fetched when the first picture is opened. */
export const Lightbox = dynamic(() => import("#components/media/lightbox.tsx").then((module) => module.Lightbox));
