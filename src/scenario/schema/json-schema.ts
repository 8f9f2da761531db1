// As much of JSON Schema as our own schemas use, for whoever reads them as data: reference.ts.
export interface JsonSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** The schemas that have names. `schema`: what zod made of one of ours. */
export function readSchema(schema: object): {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
} {
  const definitions = 'definitions' in schema ? schema.definitions : {};
  return { definitions: definitions as Readonly<Record<string, JsonSchema>> };
}
