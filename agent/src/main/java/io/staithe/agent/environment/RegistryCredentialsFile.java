package io.staithe.agent.environment;

import io.staithe.agent.container.RegistryCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host's file of registry credentials: lines {@code NAME USER PASSWORD}. NAME is a registry's host, as it stands in
 * image references ({@code docker.io} for those that name none), or what a definition's {@code credentialsParameter}
 * names. Read anew for each pull, so that passwords can be changed; refused while others than its owner can read it.
 */
public final class RegistryCredentialsFile {
    /** A host that has no credentials. */
    public static final RegistryCredentialsFile NONE = new RegistryCredentialsFile(null);

    private static final String DEFAULT_REGISTRY = "docker.io";
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final @Nullable Path file;

    private RegistryCredentialsFile(@Nullable Path file) {
        this.file = file;
    }

    public static RegistryCredentialsFile at(Path file) {
        return new RegistryCredentialsFile(file);
    }

    /**
     * @param name the entry that the definition names; absent: that of the image's registry, if there is one
     * @throws Unresolved if there is no entry of that name
     */
    public @Nullable RegistryCredentials find(String image, @Nullable String name) throws Unresolved {
        Map<String, RegistryCredentials> entries = file == null ? Map.of() : read(file);
        if (name == null) return entries.get(registry(image));
        RegistryCredentials named = entries.get(name);
        if (named == null) throw new Unresolved("this host has no registry credentials of the name " + name);
        return named;
    }

    private static Map<String, RegistryCredentials> read(Path file) throws Unresolved {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file)))
                throw new Unresolved("the registry credentials file must be readable by its owner only (mode 0600)");
            if (Files.size(file) > MAX_FILE_BYTES)
                throw new Unresolved("the registry credentials file must be at most " + MAX_FILE_BYTES + " bytes");
            return parse(Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new Unresolved("the registry credentials file cannot be read");
        }
    }

    private static Map<String, RegistryCredentials> parse(List<String> lines) throws Unresolved {
        Map<String, RegistryCredentials> entries = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            String[] parts = line.split("\\s+", 3);
            if (parts.length < 3)
                throw new Unresolved("the registry credentials file, line " + (i + 1) + ": must be NAME USER PASSWORD");
            entries.put(parts[0], new RegistryCredentials(parts[1], parts[2]));
        }
        return entries;
    }

    private static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean isHost = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
        return isHost ? first : DEFAULT_REGISTRY;
    }
}
