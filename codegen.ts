import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed operations of our own client, and the documents a server trusts by their hash. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'src/cli/operation/*.graphql',
  generates: {
    'src/cli/gql/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: 'sha256' },
      },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        emitLegacyCommonJSImports: false,
        importExtension: '.js',
        useTypeImports: true,
        scalars: {
          CID: 'string',
          Date: 'string',
          DateTime: 'string',
          JSON: 'unknown',
          Seq: 'number',
          ID: 'string',
        },
      },
    },
  },
};

export default config;
