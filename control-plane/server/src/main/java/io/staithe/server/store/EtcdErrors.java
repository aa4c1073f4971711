package io.staithe.server.store;

import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.etcd.jetcd.common.exception.EtcdExceptionFactory;
import org.jspecify.annotations.Nullable;

/** What etcd's errors mean, wherever jetcd wraps them. */
final class EtcdErrors {
    private EtcdErrors() {}

    /** A lease that ended. */
    static boolean isNotFound(Throwable error) {
        return etcd(error).getErrorCode() == ErrorCode.NOT_FOUND;
    }

    /** More than etcd takes in one request; nothing was written. */
    static boolean isTooMuch(Throwable error) {
        EtcdException etcd = etcd(error);
        String message = String.valueOf(etcd.getMessage());
        return etcd.getErrorCode() == ErrorCode.INVALID_ARGUMENT
                && (message.contains("too large") || message.contains("too many operations"));
    }

    static boolean isCompacted(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause())
            if (cause instanceof CompactedException) return true;
        return false;
    }

    /** In one line, for people. */
    static String reason(Throwable error) {
        EtcdException etcd = etcd(error);
        return etcd.getErrorCode() + ": " + etcd.getMessage();
    }

    private static EtcdException etcd(Throwable error) {
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause())
            if (cause instanceof EtcdException known) return known;
        Throwable deepest = error;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return EtcdExceptionFactory.toEtcdException(deepest);
    }
}
