package io.staithe.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority of a test's own, and what it has signed, as PEM files in a folder. */
final class Certificates {
    private static final String DAYS = "2";

    private final Path folder;

    Certificates(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                DAYS,
                "-subj",
                "/CN=authority of a test",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem");
    }

    /** For a server under one name, or for a client. */
    void sign(String name) throws IOException, InterruptedException {
        boolean address = name.matches("[0-9.]+");
        Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + (address ? "IP:" : "DNS:") + name + "\n");
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr");
        openssl(
                "x509",
                "-req",
                "-days",
                DAYS,
                "-in",
                name + ".csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-extfile",
                name + ".ext",
                "-out",
                name + ".pem");
    }

    Path authority() {
        return folder.resolve("ca.pem");
    }

    Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }

    /** The options of an etcd that wants a certificate of its clients. */
    List<String> ofEtcd(String host) {
        return List.of(
                "--cert-file=" + certificate(host),
                "--key-file=" + key(host),
                "--trusted-ca-file=" + authority(),
                "--client-cert-auth");
    }

    private void openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("openssl.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0)
            throw new IllegalStateException(command + ": " + Files.readString(log));
    }
}
