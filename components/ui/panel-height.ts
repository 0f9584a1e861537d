/**
 * What is under the field on a phone, where the keyboard was: all panels are as high, so that the conversation stands
 * still when one replaces the other.
 */
export const panelHeight = "h-72 max-h-[45dvh]";
/** For one with little in it: on wide screens, where there is no keyboard to replace, as high as it is. */
export const phonePanelHeight = "max-h-[45dvh] max-sm:h-72 pointer-coarse:h-72";
