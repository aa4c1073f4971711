/**
 * What users write down: YAML or JSON files in the shape of the AWS API. This package turns them into the requests of the
 * SDK's model, which with the records of what AWS has not is the only schema, and says of everything it refuses in which file, document and line it stands, which
 * field it is, and which rule it breaks. It reads bytes and returns values: {@link io.staithe.server.manifest.ManifestReader}
 * is the entry, and whoever applies manifests is its caller.
 */
@NullMarked
package io.staithe.server.manifest;

import org.jspecify.annotations.NullMarked;
