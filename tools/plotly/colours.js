// Of culori what Plotly's src/components/color/index.js asks for, in the three forms that it turns colours into. A text is read once.
import { converter as conversion, modeHsl, modeLrgb, modeRgb, useMode } from "culori/fn";

for (const mode of [modeRgb, modeHsl, modeLrgb]) useMode(mode);

export { formatHex, formatRgb, wcagContrast, wcagLuminance } from "culori/fn";

export function converter(mode) {
  const convert = conversion(mode),
    known = new Map();
  return (colour) => {
    if (typeof colour !== "string") return convert(colour);
    if (!known.has(colour)) known.set(colour, convert(colour));
    return known.get(colour);
  };
}
