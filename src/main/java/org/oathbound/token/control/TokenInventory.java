package org.oathbound.token.control;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Pages;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.StoredToken;

/** Reads all tokens of an environment one after the other; memory does not grow with their number. */
@ApplicationScoped
public class TokenInventory {

    private final Listing listing;
    private final Batch batch;

    @Inject
    public TokenInventory(Listing listing, Batch batch) {
        this.listing = listing;
        this.batch = batch;
    }

    /**
     * The token entry with one id.
     *
     * @param serialNumber as the entry has it; null when it has none
     * @param read null when the entry can't be read, which nothing else suffers from
     */
    public record Item(
            String id,
            @Nullable String serialNumber,
            @Nullable StoredToken read) {}

    /**
     * Reports each token that the query selects, in the order of their ids, as it stands when it is read. A token that
     * is made or revoked meanwhile may be reported or not; no token is reported twice.
     *
     * @param read makes what is reported of a token. It may read other entries of the token. It runs for many tokens
     *     before their entries are durable, so it must not pass anything on
     * @param tell receives the results of {@code read}, in order
     */
    public <T> void forEach(
            Environment environment, TokenQuery query, Function<Item, Stream<T>> read, Consumer<T> tell) {
        Pages.forEach(listing, batch, environment.tokens(), query.filter(), entry -> read.apply(item(entry)), tell);
    }

    private static Item item(ReadOnlyEntry entry) {
        String id = entry.getAttributeValue(Schema.TOKEN_IDENTIFIER); // the entry is named by it
        String serialNumber = entry.getAttributeValue(Schema.SERIAL_NUMBER);
        try {
            return new Item(id, serialNumber, new StoredToken(entry, TokenEntry.token(entry)));
        } catch (Problem.Corrupt e) {
            return new Item(id, serialNumber, null);
        }
    }
}
