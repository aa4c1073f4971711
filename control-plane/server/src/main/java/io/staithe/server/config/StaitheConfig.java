package io.staithe.server.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that an operator can set. Defaults make one control plane on one machine that needs nothing else. */
@ConfigMapping(prefix = "staithe")
public interface StaitheConfig {
    /** Where this process keeps what must survive it: store, database, keys. Made at the first start. */
    @WithDefault("data")
    Path data();

    /** This process's name among control planes: in leases and sessions. Default: made at each start. */
    Optional<String> node();

    /** AWS account id in every ARN: 12 digits. */
    @WithDefault("000000000000")
    String accountId();

    /** AWS region in every ARN. */
    @WithDefault("us-east-1")
    String region();

    /** Prints the administrator's access key once, at the first start. It is always in {@code DATA/admin-credentials}. */
    @WithDefault("false")
    boolean showCredentials();

    Storage store();

    Api api();

    Gateway gateway();

    Tls tls();

    Database database();

    History history();

    Telemetry telemetry();

    Capacity capacity();

    /** Where the state lies. */
    interface Storage {
        enum Type {
            /** Lost with the process: for tests. */
            MEMORY,
            /** A file in the data folder; one control plane. */
            EMBEDDED,
            /** As many control planes as you like. */
            ETCD
        }

        @WithDefault("embedded")
        Type type();

        /** URLs of etcd's members, such as {@code http://127.0.0.1:2379}; all http or all https. */
        Optional<List<URI>> endpoints();

        Etcd etcd();

        /** How long leadership and agents' sessions outlive a process that has died. */
        @WithDefault("6s")
        Duration leaseTtl();
    }

    /** For {@link Storage.Type#ETCD}. */
    interface Etcd {
        /** In front of every key: installations with different ones can share an etcd. */
        @WithDefault("/staithe")
        String prefix();

        Optional<String> user();

        /** File with the user's password. */
        Optional<Path> passwordFile();

        /** PEM file with the certificates to trust. */
        Optional<Path> ca();

        /** PEM file with the client certificate. */
        Optional<Path> certificate();

        /** PEM file with the client certificate's key. */
        Optional<Path> key();
    }

    /** The AWS-shaped API, health and metrics. */
    interface Api {
        @WithDefault("127.0.0.1")
        String host();

        /** 0: any free one. */
        @WithDefault("7400")
        int port();

        /**
         * Where other control planes reach this one, {@code https://HOST:PORT}: they pass requests for the logs of its hosts'
         * tasks on to it. Default: they cannot.
         */
        Optional<URI> advertisedUrl();

        /** Largest request body in bytes; AWS's own limit is lower for most operations. */
        @WithDefault("1048576")
        int maxBodyBytes();

        /** How long a client may take to send a request's body. */
        @WithDefault("15s")
        Duration readTimeout();

        /** Requests that are being answered at once. */
        @WithDefault("16")
        int threads();

        /** Requests that wait for a thread; more are told to come back later. */
        @WithDefault("256")
        int queue();

        /** Open event and log streams together. */
        @WithDefault("200")
        int maxStreams();
    }

    /** Where agents connect. */
    interface Gateway {
        @WithDefault("127.0.0.1")
        String host();

        @WithDefault("7401")
        int port();

        /** Agents on this process; more are told to come back later. */
        @WithDefault("2000")
        int maxSessions();

        /** Largest message from an agent, in bytes. */
        @WithDefault("4194304")
        int maxMessageBytes();
    }

    /** Without it, the API and the gateway listen on loopback addresses only. */
    interface Tls {
        /** PEM file with the certificate chain. */
        Optional<Path> certificate();

        /** PEM file with the private key. */
        Optional<Path> key();

        /** PEM file with the certificates by which other control planes are known; default: the machine's own. */
        Optional<Path> peerCa();
    }

    /** Where history lies. */
    interface Database {
        /** {@code jdbc:postgresql:} or {@code jdbc:h2:}; default: an H2 file in the data folder. */
        Optional<String> url();

        Optional<String> username();

        Optional<String> password();
    }

    /** How much history is kept. */
    interface History {
        /** Older rows are deleted. */
        @WithDefault("30d")
        Duration retention();

        /** More rows of one table than this are deleted, oldest first. */
        @WithDefault("1000000")
        long maxRows();

        /** What tasks and hosts have used is kept for longer. */
        @WithDefault("400d")
        Duration usageRetention();

        /** Of that; a row for each task and each bought host. */
        @WithDefault("10000000")
        long usageMaxRows();
    }

    /** Where hosts are bought. */
    interface Capacity {
        /**
         * Tells the hosts of this installation from those of another one in the same account or cluster: lower-case letters,
         * digits and hyphens. Default: it follows from the master key.
         */
        Optional<String> owner();

        /** Where the agents of hosts find the gateway, {@code HOST:PORT}; default for local hosts: the loopback address. */
        Optional<String> gateway();

        /** PEM file with the certificates that the gateway's must come from; default: what the hosts trust anyway. */
        Optional<Path> gatewayCa();

        Local local();

        /** {@code wake}, {@code release} and {@code list}: see docs/capacity-providers.md. */
        @WithName("static")
        Map<String, String> fixed();

        /** {@code region}, {@code profile} and {@code endpoint}. */
        Map<String, String> ec2();

        /** {@code kubeconfig} and {@code namespace}. */
        Map<String, String> kubernetes();
    }

    /** Hosts on this machine, for host groups with {@code provider: local}. */
    interface Local {
        /** The command that starts an agent, without its options, its words divided by commas; default: there are no such hosts. */
        Optional<List<String>> agent();

        /** The engine that they share. */
        @WithDefault("unix:///var/run/docker.sock")
        String dockerHost();
    }

    interface Telemetry {
        /** OTLP collector, such as {@code http://127.0.0.1:4317}; default: no traces are made. */
        Optional<String> otlpEndpoint();
    }
}
