package io.staithe.server.aws;

/**
 * What a checked signature proves.
 *
 * @param principal who the access key speaks for, such as {@code admin}
 * @param region the scope's region
 * @param service the scope's service, such as {@code ecs} or {@code staithe}
 */
public record Identity(String accessKeyId, String principal, String region, String service) {}
