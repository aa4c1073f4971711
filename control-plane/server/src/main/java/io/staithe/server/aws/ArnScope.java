package io.staithe.server.aws;

/**
 * The region and the account of everything that nobody's signature says them for.
 *
 * @param account 12 digits
 */
public record ArnScope(String region, String account) {}
