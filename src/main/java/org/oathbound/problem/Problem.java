package org.oathbound.problem;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a request can't be served. Interfaces translate each kind into their protocol's answer. */
public abstract sealed class Problem extends RuntimeException {

    private final transient List<Detail> details;

    private Problem(String message, List<Detail> details) {
        super(message);
        this.details = List.copyOf(details);
    }

    /** There always is one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Every fault that was found, so that a client can mend them all at once. */
    public List<Detail> details() {
        return details;
    }

    /** The values of a request break rules; nothing was changed. */
    public static final class InvalidData extends Problem {
        public InvalidData(List<Detail> details) {
            super("Validation failed: " + details, details);
        }

        public InvalidData(Detail detail) {
            this(List.of(detail));
        }

        public InvalidData(DetailCode code, @Nullable String target, String message) {
            this(new Detail(code, target, message));
        }
    }

    /** The values are in order, and as things stand it can't be done; nothing was changed. */
    public static final class RequestFailed extends Problem {
        public RequestFailed(Detail detail) {
            super(detail.message(), List.of(detail));
        }

        public RequestFailed(DetailCode code, @Nullable String target, String message) {
            this(new Detail(code, target, message));
        }
    }

    /** The request can't be read: malformed, a parameter that is not understood. */
    public static final class InvalidRequest extends Problem {
        public InvalidRequest(Detail detail) {
            super(detail.message(), List.of(detail));
        }

        public InvalidRequest(DetailCode code, @Nullable String target, String message) {
            this(new Detail(code, target, message));
        }
    }

    /** The request's body is larger than is accepted. */
    public static final class TooLarge extends Problem {
        public TooLarge(Detail detail) {
            super(detail.message(), List.of(detail));
        }
    }

    /** The body's media type is none that this call takes. */
    public static final class UnsupportedMediaType extends Problem {
        public UnsupportedMediaType(String mediaType) {
            super("The media type " + mediaType + " is not supported here.", List.of());
        }
    }

    /** No access token, or one that does not hold. */
    public static final class Unauthenticated extends Problem {
        public Unauthenticated(String message) {
            super(message, List.of(new Detail(DetailCode.INVALID_TOKEN, null, message)));
        }
    }

    /** The caller is known and may not do this. */
    public static final class Forbidden extends Problem {
        public Forbidden(String message) {
            super(message, List.of(new Detail(DetailCode.INSUFFICIENT_PERMISSIONS, null, message)));
        }
    }

    /** There is no such thing, or it is not for this caller to know of it. */
    public static final class NotFound extends Problem {
        public NotFound(String what) {
            super(what, List.of());
        }
    }

    /** The store can't take a write or answer now; nothing is known to have changed. */
    public static final class Unavailable extends Problem {
        private final Duration retryAfter;
        private final boolean busy;

        public Unavailable(String message, Duration retryAfter) {
            this(message, retryAfter, false);
        }

        private Unavailable(String message, Duration retryAfter, boolean busy) {
            super(message, List.of());
            this.retryAfter = retryAfter;
            this.busy = busy;
        }

        /** Others were faster each time, until the deadline: nothing is wrong with the store. */
        public static Unavailable busy(String message, Duration retryAfter) {
            return new Unavailable(message, retryAfter, true);
        }

        public boolean isBusy() {
            return busy;
        }

        /** When it makes sense to ask again. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The caller sends requests more often than allowed; nothing was done. */
    public static final class Limited extends Problem {
        private final Duration retryAfter;

        public Limited(Duration retryAfter) {
            super("There are more requests than the limit allows.", List.of());
            this.retryAfter = retryAfter;
        }

        /** When the next request is let through. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Stored data are not what they should be: a seal that does not open, a value that can't be read. */
    public static final class Corrupt extends Problem {
        private final @Nullable String entry;

        public Corrupt(String what) {
            this(what, null);
        }

        /** @param entry the DN of the entry that can't be read */
        public Corrupt(String what, @Nullable String entry) {
            super(what, List.of());
            this.entry = entry;
        }

        /** The DN of the entry that can't be read; null when that is not known. */
        public @Nullable String entry() {
            return entry;
        }
    }
}
