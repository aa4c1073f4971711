package io.staithe.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.api.Api;
import io.staithe.cli.api.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** {@code -f}: files, folders and standard input, as the API takes them. */
final class Files {
    /** The API's bound, checked here so that nobody waits for a refusal. */
    private static final int MAX_BYTES = 1 << 20;

    private static final String STANDARD_INPUT = "-";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "a YAML or JSON file, a folder of such files, or - for standard input; may be repeated")
    private List<String> paths = new ArrayList<>();

    boolean isEmpty() {
        return paths.isEmpty();
    }

    /** The body of apply and delete. A folder's files come in the order of their names; its folders are left alone. */
    ObjectNode body(InputStream standardInput) throws IOException {
        ObjectNode body = Api.object();
        ArrayNode files = body.putArray("files");
        int bytes = 0;
        for (String path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                bytes += add(files, "standard input", standardInput.readNBytes(MAX_BYTES + 1));
                continue;
            }
            for (Path file : files(Path.of(path))) {
                if (java.nio.file.Files.size(file) > MAX_BYTES) throw tooLarge();
                bytes += add(files, file.toString(), java.nio.file.Files.readAllBytes(file));
            }
            if (bytes > MAX_BYTES) break;
        }
        if (bytes > MAX_BYTES) throw tooLarge();
        return body;
    }

    private static List<Path> files(Path path) throws IOException {
        if (!java.nio.file.Files.exists(path)) throw new Failure("there is no file " + path);
        if (!java.nio.file.Files.isDirectory(path)) return List.of(path);
        try (Stream<Path> entries = java.nio.file.Files.list(path)) {
            List<Path> files = entries.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .filter(java.nio.file.Files::isRegularFile)
                    .sorted()
                    .toList();
            if (files.isEmpty()) throw new Failure("no .yaml, .yml or .json file in the folder " + path);
            return files;
        }
    }

    private static int add(ArrayNode files, String name, byte[] content) {
        files.addObject().put("name", name).put("content", new String(content, StandardCharsets.UTF_8));
        return content.length;
    }

    private static Failure tooLarge() {
        return new Failure("the files are larger than 1 MiB together: apply them in parts");
    }
}
