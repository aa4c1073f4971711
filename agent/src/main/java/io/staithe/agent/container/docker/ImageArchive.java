package io.staithe.agent.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.LoadImageCallback;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * An image of one layer, made here and loaded as {@code docker load} does: no registry, no network. The same files give the
 * same image id on every host. (docker-java 3.7.0 cannot {@code import}: it sends the archive as JSON.)
 */
final class ImageArchive {
    private static final int EXECUTABLE = 0100755;
    private static final Map<String, String> DOCKER_ARCHITECTURES = Map.of("X86_64", "amd64", "ARM64", "arm64");
    private static final String CONFIG = """
            {"architecture":"%s","os":"linux","created":"1970-01-01T00:00:00Z","config":{},\
            "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}""";
    private static final String MANIFEST = """
            [{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]""";

    private final Map<String, byte[]> programs = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();

    ImageArchive program(String path, byte[] binary) {
        programs.put(path, binary);
        return this;
    }

    ImageArchive link(String path, String target) {
        links.put(path, target);
        return this;
    }

    /** @param architecture {@code X86_64} or {@code ARM64} */
    void load(DockerClient docker, String reference, String architecture) {
        byte[] layer = layer();
        Map<String, byte[]> files = new TreeMap<>();
        files.put("layer.tar", layer);
        files.put(
                "config.json",
                text(CONFIG, DOCKER_ARCHITECTURES.getOrDefault(architecture, architecture), sha256(layer)));
        files.put("manifest.json", text(MANIFEST, reference));
        docker.loadImageAsyncCmd(new ByteArrayInputStream(tar(files, Map.of())))
                .exec(new LoadImageCallback())
                .awaitMessage();
    }

    private byte[] layer() {
        return tar(programs, links);
    }

    private static byte[] tar(Map<String, byte[]> files, Map<String, String> links) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setMode(EXECUTABLE);
                entry.setSize(file.getValue().length);
                put(tar, entry, file.getValue());
            }
            for (Map.Entry<String, String> link : links.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(link.getKey(), TarConstants.LF_SYMLINK);
                entry.setLinkName(link.getValue());
                put(tar, entry, new byte[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte[] text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
