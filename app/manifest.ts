import type { MetadataRoute } from "next";

export default function manifest(): MetadataRoute.Manifest {
  const icon = (name: string, size: number, purpose: "any" | "maskable") => ({
    src: `/icons/${name}-${size}.png`,
    sizes: `${size}x${size}`,
    type: "image/png",
    purpose,
  });
  return {
    id: "/",
    name: "IMChat",
    short_name: "IMChat",
    start_url: "/c",
    scope: "/",
    display: "standalone",
    background_color: "#f2f6f7",
    theme_color: "#f2f6f7",
    categories: ["social", "communication"],
    icons: [
      icon("app", 192, "any"),
      icon("app", 512, "any"),
      icon("maskable", 192, "maskable"),
      icon("maskable", 512, "maskable"),
    ],
  };
}
