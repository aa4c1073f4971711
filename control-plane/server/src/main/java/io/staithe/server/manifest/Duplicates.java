package io.staithe.server.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One thing is declared once. */
final class Duplicates {
    private Duplicates() {}

    /** The documents without exact repetitions; two that differ and have one name are a problem of the second. */
    static List<ManifestDocument> refuse(List<ManifestDocument> documents, Problems problems) {
        Map<String, ManifestDocument> first = new HashMap<>();
        List<ManifestDocument> kept = new ArrayList<>();
        for (ManifestDocument document : documents) {
            String title = document.kind().title() + " " + document.name();
            ManifestDocument earlier = first.putIfAbsent(title, document);
            if (earlier == null) kept.add(document);
            else if (!same(earlier, document))
                problems.add(document.source()
                        .error("", Entries.shown(title) + " is declared twice, first in " + place(earlier)));
        }
        return kept;
    }

    private static boolean same(ManifestDocument a, ManifestDocument b) {
        return a.request().equals(b.request()) && a.extensions().equals(b.extensions());
    }

    private static String place(ManifestDocument document) {
        ManifestError at = document.source().error("", "");
        return at.file() + ", document " + at.document() + ", line " + at.line();
    }
}
