package io.staithe.server.manifest;

import io.staithe.server.aws.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads manifest files: each document has a {@code kind}, or shows it by its fields. The output of AWS's describe calls is
 * taken as it is. Nothing is looked up or expanded here: {@code ${VAR}} is text like any other.
 */
public final class ManifestReader {
    /** All files together. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_FILES = 1000;
    private static final int MAX_NAME_CHARS = 256;

    private final Problems problems = new Problems();
    private final List<ManifestDocument> documents = new ArrayList<>();

    private ManifestReader() {}

    /** Everything that the files hold, and everything that is wrong with them. */
    public static Manifests read(List<ManifestFile> files) {
        ManifestReader reader = new ManifestReader();
        if (reader.withinBounds(files)) files.forEach(reader::file);
        List<ManifestDocument> unique = Duplicates.refuse(reader.documents, reader.problems);
        return new Manifests(unique, reader.problems.list());
    }

    private boolean withinBounds(List<ManifestFile> files) {
        long bytes = 0;
        for (ManifestFile file : files) {
            bytes += file.content().length;
            if (bytes > MAX_BYTES) return refuse(shown(file), "all files together must be at most 1 MiB");
        }
        if (files.size() > MAX_FILES) return refuse(shown(files.get(MAX_FILES)), "must be at most 1000 files");
        return true;
    }

    private boolean refuse(String file, String rule) {
        problems.add(new ManifestError(file, 0, 0, "", rule));
        return false;
    }

    private void file(ManifestFile file) {
        String name = shown(file);
        if (name.endsWith(".jsonnet") || name.endsWith(".libsonnet")) {
            refuse(name, "seems to be a Jsonnet program: apply the JSON that it renders to");
            return;
        }
        Optional<String> text = Yaml.text(name, file.content(), problems);
        if (text.isEmpty()) return;
        int before = problems.count();
        List<Node> nodes = Yaml.documents(name, text.get(), problems);
        if (problems.count() > before) Foreign.seems(text.get()).ifPresent(what -> refuse(name, "seems to be " + what));
        for (int i = 0; i < nodes.size(); i++) document(nodes.get(i), new Spot(name, i + 1, problems));
    }

    private void document(Node node, Spot spot) {
        if (problems.full() || Shaper.isNull(node)) return;
        if (!(node instanceof MappingNode mapping)) {
            spot.problem(node, FieldPath.ROOT, "must be a mapping of fields, such as family: web");
            return;
        }
        Optional<String> foreign = Foreign.seems(mapping);
        if (foreign.isPresent()) {
            spot.problem(node, FieldPath.ROOT, "seems to be " + foreign.get());
            return;
        }
        DocumentReader reader = new DocumentReader(spot, documents);
        Part.of(mapping, spot).forEach(reader::read);
    }

    private static String shown(ManifestFile file) {
        String name = file.name().replaceAll("\\p{Cntrl}", "?");
        return name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS - 3) + "...";
    }
}
