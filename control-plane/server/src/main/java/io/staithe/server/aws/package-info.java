/**
 * The AWS wire at the edge: three protocols (JSON 1.0/1.1, REST JSON, query with XML answers) over the AWS SDK's own model classes, so
 * that every AWS client works and no second model of the API exists. {@link io.staithe.server.aws.AwsEndpoint#handle} is the
 * only entry; an API is a list of {@link io.staithe.server.aws.Operation}s, whose handlers see SDK requests and answer SDK
 * responses or throw {@link io.staithe.server.aws.ApiError}. No framework, clock, or source of ids in here: they are
 * arguments.
 */
@NullMarked
package io.staithe.server.aws;

import org.jspecify.annotations.NullMarked;
