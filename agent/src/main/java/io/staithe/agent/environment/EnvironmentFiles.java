package io.staithe.agent.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of environment files that a host offers to its containers. Only files directly in it are read, by their plain
 * names: no path parts, no links to elsewhere.
 */
public final class EnvironmentFiles {
    /** A host that offers none. */
    public static final EnvironmentFiles NONE = new EnvironmentFiles(null);

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,254}");
    private static final int MAX_FILE_BYTES = 1 << 20;

    private final @Nullable Path folder;

    private EnvironmentFiles(@Nullable Path folder) {
        this.folder = folder;
    }

    public static EnvironmentFiles in(Path folder) {
        return new EnvironmentFiles(folder);
    }

    /**
     * The variables of a file: {@code NAME=value} lines; empty lines and lines that start with {@code #} say nothing (as in
     * ECS's environment files). Quotes are part of the value.
     */
    public Map<String, String> read(String name) throws Unresolved {
        return parse(name, text(name));
    }

    private String text(String name) throws Unresolved {
        if (!NAME.matcher(name).matches())
            throw new Unresolved(
                    "environment file " + printable(name) + ": must be a plain file name, without path parts");
        if (folder == null)
            throw new Unresolved("environment file " + name + ": this host has no folder of environment files");
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
            throw new Unresolved("environment file " + name + ": this host has no such file");
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES)
                throw new Unresolved("environment file " + name + ": must be at most " + MAX_FILE_BYTES + " bytes");
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new Unresolved("environment file " + name + ": cannot be read");
        }
    }

    private static Map<String, String> parse(String name, String text) throws Unresolved {
        Map<String, String> variables = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.split("\r?\n")) {
            number++;
            if (line.isBlank() || line.startsWith("#")) continue;
            int equals = line.indexOf('=');
            if (equals <= 0 || line.indexOf('\0') >= 0)
                throw new Unresolved("environment file " + name + ", line " + number + ": must be NAME=value");
            variables.put(line.substring(0, equals).strip(), line.substring(equals + 1));
        }
        return variables;
    }

    /** A name that was made to look like something else must not do so in a log or a terminal. */
    private static String printable(String name) {
        String plain = name.replaceAll("[^ -~]", "?");
        return plain.length() <= 100 ? plain : plain.substring(0, 100) + "...";
    }
}
