/**
 * Who may call: Signature Version 4, checked as AWS checks it, and the access keys behind it. Secrets are kept sealed
 * (AES-256-GCM under a master key on this machine's disk), because SigV4 needs the secret itself; no message of this package
 * holds a secret, a derived key or the signature that would have been right. The AWS endpoint and the REST API use it
 * through {@link io.staithe.server.aws.Authenticator}.
 */
@NullMarked
package io.staithe.server.auth;

import org.jspecify.annotations.NullMarked;
