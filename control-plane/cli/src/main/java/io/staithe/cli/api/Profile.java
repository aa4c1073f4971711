package io.staithe.cli.api;

import io.staithe.cli.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the API is, and as whom to speak to it.
 *
 * <p>What is said first wins, in the order of AWS's own tools: the command line; the environment ({@code STAITHE_ENDPOINT},
 * {@code AWS_ACCESS_KEY_ID} unless {@code --profile} is given); {@code ~/.staithe/config} (or the file that
 * {@code STAITHE_CONFIG} names), whose {@code [default]} section may have {@code endpoint_url}, {@code profile},
 * {@code credentials_file}, {@code region} and {@code cluster}; the AWS profile files.
 *
 * @param credentials absent when no key was found: the first request says so
 */
public record Profile(
        URI endpoint,
        String region,
        String cluster,
        @Nullable Credentials credentials) {
    private static final String DEFAULT_ENDPOINT = "http://127.0.0.1:7400";
    private static final String DEFAULT_REGION = "us-east-1";

    public static Profile find(Shell shell, @Nullable String endpointOption, @Nullable String profileOption) {
        Map<String, String> environment = shell.variables();
        Map<String, String> staithe = Ini.parse(read(path(shell, environment.get("STAITHE_CONFIG"), ".staithe/config")))
                .section("default");
        String name = first(profileOption, environment.get("AWS_PROFILE"), staithe.get("profile"), "default");
        Map<String, String> aws = awsProfile(shell, name, staithe.get("credentials_file"));

        String endpoint = first(
                endpointOption,
                environment.get("STAITHE_ENDPOINT"),
                staithe.get("endpoint_url"),
                aws.get("endpoint_url"),
                DEFAULT_ENDPOINT);
        String region = first(
                environment.get("AWS_REGION"),
                environment.get("AWS_DEFAULT_REGION"),
                staithe.get("region"),
                aws.get("region"),
                DEFAULT_REGION);
        Credentials credentials = profileOption == null ? credentials(environment, Case.UPPER) : null;
        return new Profile(
                uri(endpoint),
                region,
                first(staithe.get("cluster"), "default"),
                credentials != null ? credentials : credentials(aws, Case.LOWER));
    }

    /** {@code config} first, {@code credentials} over it, as AWS's tools do. */
    private static Map<String, String> awsProfile(Shell shell, String name, @Nullable String credentialsFile) {
        Map<String, String> environment = shell.variables();
        Path config = path(shell, environment.get("AWS_CONFIG_FILE"), ".aws/config");
        String given = environment.get("AWS_SHARED_CREDENTIALS_FILE");
        Path credentials = path(shell, given != null ? given : credentialsFile, ".aws/credentials");
        Map<String, String> settings =
                new LinkedHashMap<>(Ini.parse(read(config)).section(name.equals("default") ? name : "profile " + name));
        settings.putAll(Ini.parse(read(credentials)).section(name));
        return settings;
    }

    private enum Case {
        UPPER,
        LOWER
    }

    private static @Nullable Credentials credentials(Map<String, String> from, Case spelling) {
        boolean upper = spelling == Case.UPPER;
        String id = from.get(upper ? "AWS_ACCESS_KEY_ID" : "aws_access_key_id");
        String secret = from.get(upper ? "AWS_SECRET_ACCESS_KEY" : "aws_secret_access_key");
        if (id == null || secret == null) return null;
        return new Credentials(id, secret, from.get(upper ? "AWS_SESSION_TOKEN" : "aws_session_token"));
    }

    private static URI uri(String endpoint) {
        String trimmed = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        if (!trimmed.matches("https?://[^/?#@\\s]+")) throw new Failure("not an http(s) URL of a server: " + endpoint);
        return URI.create(trimmed);
    }

    private static Path path(Shell shell, @Nullable String given, String underHome) {
        return given == null ? shell.home().resolve(underHome) : Path.of(given);
    }

    private static String read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String first(@Nullable String... candidates) {
        return Stream.of(candidates)
                .filter(candidate -> candidate != null && !candidate.isEmpty())
                .map(Objects::requireNonNull)
                .findFirst()
                .orElseThrow();
    }
}
