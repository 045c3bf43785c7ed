package org.oathbound.token.control;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Pages;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.Token.Use;

/**
 * Makes the key entries of tokens that were stored in format 1, at a start and before any client is served. It can be
 * cut short and begun again.
 */
@ApplicationScoped
public class TokenUpgrade {

    private static final Logger LOG = System.getLogger(TokenUpgrade.class.getName());

    private final Directory directory;
    private final Listing listing;
    private final Batch batch;
    private final KeyEntries keys;
    private final TokenLifecycle lifecycle;

    @Inject
    TokenUpgrade(Directory directory, Listing listing, Batch batch, KeyEntries keys, TokenLifecycle lifecycle) {
        this.directory = directory;
        this.listing = listing;
        this.batch = batch;
        this.keys = keys;
        this.lifecycle = lifecycle;
    }

    /** Tells how many tokens of the environment it has looked at, revoked ones too. */
    public long upgrade(Environment environment) {
        AtomicLong count = new AtomicLong();
        Pages.forEach(
                listing,
                batch,
                environment.tokens(),
                Attributes.ANY,
                entry -> Stream.of(upgraded(environment, entry)),
                entry -> count.incrementAndGet());
        Pages.forEachRevoked(listing, batch, environment.tokens(), entry -> {
            upgraded(environment, entry);
            count.incrementAndGet();
        });
        return count.get();
    }

    private ReadOnlyEntry upgraded(Environment environment, ReadOnlyEntry entry) {
        Entry wanted = entry.duplicate();
        try {
            Attributes.values(entry, Schema.FORMER).forEach(former -> keys.keepFormer(environment, former));
            wanted.removeAttribute(Schema.FORMER);
            if (!TokenEntry.isRevoked(entry)
                    && !Use.TEMPORARY.name().equals(entry.getAttributeValue(Schema.TOKEN_USE))) {
                putFingerprint(environment, entry, wanted);
            }
        } catch (Problem.Corrupt | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.log(Level.WARNING, "Of the token {0} no key entry is made: {1}", entry.getDN(), e.getMessage());
            return entry;
        }
        if (!wanted.equals(entry.duplicate()) && !directory.modifyIfUnchanged(entry, wanted)) {
            throw new IllegalStateException("The entry " + entry.getDN() + " changed while it was upgraded.");
        }
        return entry;
    }

    private void putFingerprint(Environment environment, ReadOnlyEntry entry, Entry wanted) {
        String token = entry.getAttributeValue(Schema.TOKEN_IDENTIFIER);
        SharedSecret secret = lifecycle.secret(environment, Directory.nameOf(entry), entry);
        String fingerprint = keys.fingerprint(secret);
        Optional<String> other = keys.owner(environment, fingerprint).filter(owner -> !owner.equals(token));
        if (other.isPresent()) {
            LOG.log(
                    Level.WARNING,
                    "The tokens {0} and {1} have the same secret: a code of one is a code of the other. Revoke one of them.",
                    other.get(),
                    token);
        } else {
            keys.setOwner(environment, fingerprint, token);
        }
        wanted.setAttribute(Schema.FINGERPRINT, fingerprint);
    }
}
