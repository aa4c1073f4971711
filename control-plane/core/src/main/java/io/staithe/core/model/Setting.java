package io.staithe.core.model;

/** One fact that holds for the whole account. */
public record Setting(String name, String value) implements Entity {
    /** Changes when the store is restored from a copy; a new epoch drops every cache and fences every agent anew. */
    public static final String EPOCH = "epoch";
    /** SHA-256 of the token that lets an agent join, in hexadecimal. */
    public static final String JOIN_TOKEN_HASH = "join-token-hash";

    public Setting {
        Check.name(name, "name");
    }

    @Override
    public Key key() {
        return new Key(Kind.SETTING, name);
    }
}
