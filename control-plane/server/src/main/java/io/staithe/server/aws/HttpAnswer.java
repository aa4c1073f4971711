package io.staithe.server.aws;

import java.util.Map;

/** An HTTP response. */
@SuppressWarnings("ArrayRecordComponent") // answers are never compared
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {}
