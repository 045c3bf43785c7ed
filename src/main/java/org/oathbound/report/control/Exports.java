package org.oathbound.report.control;

import com.unboundid.ldap.sdk.RDN;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.Environment;
import org.oathbound.otp.SharedSecret;
import org.oathbound.report.control.ReportHolders.Holder;
import org.oathbound.report.control.ReportLine.State;
import org.oathbound.seedfile.control.PskcWriter;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Protection;
import org.oathbound.seedfile.entity.SeedKey;
import org.oathbound.token.control.TokenSecrets;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.StoredToken;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;

/** Writes all tokens of an environment into a file that other systems read, with their secrets encrypted. */
@ApplicationScoped
public class Exports {

    private final TokenSecrets secrets;
    private final ReportHolders holders;

    @Inject
    Exports(TokenSecrets secrets, ReportHolders holders) {
        this.secrets = secrets;
        this.holders = holders;
    }

    /** Gets to know what is in the file so far, that it can be told of one that was broken off, too. */
    public interface Progress {
        void written(long tokens, long unreadable);
    }

    /**
     * Writes a PSKC file (RFC 6030). A token that can't be read is a comment that says so, and stops nothing.
     *
     * @param now when it is asked who has a token
     * @throws java.io.UncheckedIOException when it can't be written; the file has no end then
     */
    public void write(
            Environment environment,
            FileKey key,
            Protection protection,
            Instant now,
            OutputStream out,
            Progress progress) {
        Writing writing = new Writing(new PskcWriter(out, key, protection), progress);
        secrets.forEach(
                environment,
                (token, secret) -> line(environment, token, secret, now),
                Line.Missing::new,
                writing::line);
        writing.writer.end();
    }

    /** One token of an export. */
    private sealed interface Line {

        record Written(SeedKey key) implements Line {}

        /** Its entry can't be read, or its secret does not open. */
        record Missing(TokenId id) implements Line {}
    }

    private static final class Writing {
        private final PskcWriter writer;
        private final Progress progress;
        private long tokens;
        private long unreadable;

        Writing(PskcWriter writer, Progress progress) {
            this.writer = writer;
            this.progress = progress;
        }

        void line(Line line) {
            switch (line) {
                case Line.Written(SeedKey key) -> {
                    writer.key(key);
                    tokens++;
                }
                case Line.Missing(TokenId id) -> {
                    writer.comment("The token " + id + " can't be read.");
                    unreadable++;
                }
            }
            progress.written(tokens, unreadable);
        }
    }

    /** None for an app without a holder: its pairing was never finished. */
    private Stream<Line> line(Environment environment, StoredToken read, SharedSecret secret, Instant now) {
        Token token = read.token();
        List<Holder> having = holders.of(environment, read, now);
        boolean stock = having.stream().allMatch(holder -> holder.state() == State.STOCK);
        if (stock && token.metadata().use() != Use.FOB) {
            return Stream.empty();
        }
        return Stream.of(new Line.Written(key(token, secret, userId(having))));
    }

    /** PSKC allows one user id (section 4.2), as a distinguished name. */
    private static @Nullable String userId(List<Holder> having) {
        return having.stream()
                .map(Holder::username)
                .filter(Objects::nonNull)
                .findFirst()
                .map(username -> new RDN("UID", username).toString())
                .orElse(null);
    }

    private static SeedKey key(Token token, SharedSecret secret, @Nullable String userId) {
        Token.Metadata metadata = token.metadata();
        NewToken.Label label = metadata.label();
        String macName = metadata.algorithm().macName();
        return new SeedKey(
                metadata.serialNumber().value(),
                label.manufacturer(),
                label.model(),
                label.expiresAt(),
                metadata.validity().from(),
                metadata.validity().until(),
                userId,
                macName,
                metadata.digits(),
                new SecretKeySpec(secret.bytes(), macName),
                factor(token));
    }

    private static SeedKey.Factor factor(Token token) {
        return switch (token) {
            case TotpToken totp -> new SeedKey.TimeStep(totp.timeStep(), totp.drift());
            case HotpToken hotp -> new SeedKey.Counter(hotp.nextCounter());
            case TemporaryToken temporary -> throw new IllegalStateException("Temporary codes are not exported.");
        };
    }
}
