package io.staithe.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The join token: out of a file or the environment, never off the command line, which every user of the host can read. */
final class Token {
    static final String VARIABLE = "STAITHE_JOIN_TOKEN";
    private static final int MAX_CHARS = 1024;

    private Token() {}

    /** @throws IOException when there is none, or it is none; says where, and never what was there */
    static String find(@Nullable Path file, Map<String, String> environment) throws IOException {
        String text = file == null ? environment.get(VARIABLE) : Files.readString(file);
        if (text == null) throw new IOException("no join token: give --token-file, or set " + VARIABLE);
        String token = text.strip();
        if (!token.matches("[!-~]{1," + MAX_CHARS + "}"))
            throw new IOException("the join token in " + (file == null ? VARIABLE : file.toString())
                    + " must be one line of up to " + MAX_CHARS + " printable characters");
        return token;
    }
}
