package io.staithe.server.manifest;

import io.staithe.server.aws.FieldPath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads single values. Each method answers null after it has said what is wrong. */
final class Scalars {
    /** A tag can be forced on any text, {@code !!int x}: the tag alone proves nothing. */
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,64}|0x[0-9a-fA-F]{1,64}|0o[0-7]{1,64}");

    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?([0-9]{1,64}(\\.[0-9]{0,64})?|\\.[0-9]{1,64})([eE][-+]?[0-9]{1,3})?");

    private Scalars() {}

    /** Text; a number will do, as it is written: {@code cpu: 256}. */
    static @Nullable String text(Node node, FieldPath path, Spot spot) {
        boolean text = is(node, Tag.STR) || is(node, Tag.INT) || is(node, Tag.FLOAT);
        if (text && node instanceof ScalarNode scalar && scalar.getValue().indexOf('\0') < 0) return scalar.getValue();
        if (text) spot.problem(node, path, "must not hold NUL");
        else spot.problem(node, path, is(node, Tag.BOOL) ? "must be text: put it in quotes" : "must be text");
        return null;
    }

    static @Nullable Integer integer(Node node, FieldPath path, Spot spot) {
        BigInteger number = whole(node, path, spot);
        if (number == null || number.bitLength() < Integer.SIZE) return number == null ? null : number.intValue();
        spot.problem(node, path, "must be from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
        return null;
    }

    static @Nullable Long longInteger(Node node, FieldPath path, Spot spot) {
        BigInteger number = whole(node, path, spot);
        if (number == null || number.bitLength() < Long.SIZE) return number == null ? null : number.longValue();
        spot.problem(node, path, "must be from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
        return null;
    }

    static @Nullable Double number(Node node, FieldPath path, Spot spot) {
        BigDecimal number = decimal(node, path, spot);
        return number == null ? null : Double.valueOf(number.doubleValue());
    }

    static @Nullable BigDecimal decimal(Node node, FieldPath path, Spot spot) {
        boolean number = is(node, Tag.INT) || is(node, Tag.FLOAT);
        if (number
                && node instanceof ScalarNode scalar
                && DECIMAL.matcher(scalar.getValue()).matches()) return new BigDecimal(scalar.getValue());
        spot.problem(node, path, "must be a number");
        return null;
    }

    static @Nullable Boolean flag(Node node, FieldPath path, Spot spot) {
        if (is(node, Tag.BOOL) && node instanceof ScalarNode scalar) return Boolean.valueOf(scalar.getValue());
        spot.problem(node, path, "must be true or false");
        return null;
    }

    static @Nullable Instant instant(Node node, FieldPath path, Spot spot) {
        String text = text(node, path, spot);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            spot.problem(node, path, "must be a time such as 2026-12-31T22:00:00Z");
            return null;
        }
    }

    private static @Nullable BigInteger whole(Node node, FieldPath path, Spot spot) {
        if (is(node, Tag.INT)
                && node instanceof ScalarNode scalar
                && WHOLE.matcher(scalar.getValue()).matches()) return parsed(scalar.getValue());
        spot.problem(node, path, "must be a whole number");
        return null;
    }

    private static BigInteger parsed(String digits) {
        if (digits.startsWith("0x")) return new BigInteger(digits.substring(2), 16);
        if (digits.startsWith("0o")) return new BigInteger(digits.substring(2), 8);
        return new BigInteger(digits);
    }

    private static boolean is(Node node, Tag tag) {
        return node.getTag().equals(tag);
    }
}
