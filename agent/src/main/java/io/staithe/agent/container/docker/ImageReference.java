package io.staithe.agent.container.docker;

/**
 * A reference as the engine wants it in its parts. With both a tag and a digest the digest decides.
 *
 * @param repository with the registry's host, if there is one
 * @param version a tag, or a digest {@code sha256:...}
 */
record ImageReference(String repository, String version) {
    static ImageReference of(String reference) {
        int at = reference.indexOf('@');
        String named = at < 0 ? reference : reference.substring(0, at);
        int colon = named.lastIndexOf(':');
        boolean tagged = colon > named.lastIndexOf('/');
        String repository = tagged ? named.substring(0, colon) : named;
        if (at >= 0) return new ImageReference(repository, reference.substring(at + 1));
        return new ImageReference(repository, tagged ? named.substring(colon + 1) : "latest");
    }

    boolean isDigest() {
        return version.indexOf(':') >= 0;
    }

    /** Whether both name the same repository: Docker Hub's may be written with its host and its folder, or without. */
    boolean isOf(String otherRepository) {
        return familiar(repository).equals(familiar(otherRepository));
    }

    private static String familiar(String repository) {
        return repository.replaceFirst("^(index\\.)?docker\\.io/", "").replaceFirst("^library/", "");
    }

    /** The host that serves it; Docker Hub where none is named. */
    String registry() {
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        boolean host = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
        return host ? first : "https://index.docker.io/v1/";
    }

    @Override
    public String toString() {
        return repository + (isDigest() ? "@" : ":") + version;
    }
}
