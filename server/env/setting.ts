import type * as z from "zod/mini";

/** The environment, without the variables that are set to nothing. */
export type Source = Record<string, string | undefined>;
type Variables = Record<string, z.ZodMiniType>;

/** A value of `env()`: the variables it is made of, and how. */
export type Setting<T> = { variables: Variables; read: (values: Record<string, unknown>, source: Source) => T };

export class EnvironmentError extends Error {
  override name = "EnvironmentError";
}

/** One variable, as it was read. */
export const variable = <S extends z.ZodMiniType>(name: string, schema: S): Setting<z.output<S>> => ({
  variables: { [name]: schema },
  // The value under this name is what this schema gave.
  read: (values) => values[name] as z.output<S>,
});

/** Several variables. `read` is called when all of them are well-formed, and may throw an EnvironmentError. */
export const combined = <V extends Variables, T>(
  variables: V,
  read: (values: { [Name in keyof V]: z.output<V[Name]> }, source: Source) => T,
): Setting<T> => ({
  variables,
  // The values under these names are what these schemas gave.
  read: (values, source) => read(values as { [Name in keyof V]: z.output<V[Name]> }, source),
});
