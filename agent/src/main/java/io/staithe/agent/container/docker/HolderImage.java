package io.staithe.agent.container.docker;

import com.github.dockerjava.api.DockerClient;

/** The image of network holders. The agent brings it: a host needs no registry for it. */
final class HolderImage {
    static final String PROGRAM = "/wait";
    /** The tag rises when the program changes, so that hosts with an older one get the new one. */
    static final String REFERENCE = "staithe-network-holder:1";

    private HolderImage() {}

    static void put(DockerClient docker, String architecture) {
        new ImageArchive()
                .program(PROGRAM.substring(1), HolderProgram.of(architecture))
                .load(docker, REFERENCE, architecture);
    }
}
