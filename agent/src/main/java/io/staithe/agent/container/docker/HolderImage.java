package io.staithe.agent.container.docker;

import com.github.dockerjava.api.DockerClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The image of network holders. The agent brings it: a host needs no registry for it. */
final class HolderImage {
    static final String PROGRAM = "/wait";
    /** The tag rises when the program changes, so that hosts with an older one get the new one. */
    static final String REFERENCE = "staithe-network-holder:1";

    private static final int EXECUTABLE = 0100755;

    private HolderImage() {}

    static void put(DockerClient docker, String architecture) {
        docker.createImageCmd(REFERENCE, tar(HolderProgram.of(architecture))).exec();
    }

    private static InputStream tar(byte[] program) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(PROGRAM.substring(1));
            entry.setMode(EXECUTABLE);
            entry.setSize(program.length);
            tar.putArchiveEntry(entry);
            tar.write(program);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
