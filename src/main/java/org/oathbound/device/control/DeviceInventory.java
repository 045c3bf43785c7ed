package org.oathbound.device.control;

import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Pages;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;

/** All devices of an environment, for whoever needs each of them; memory does not grow with their number. */
@ApplicationScoped
public class DeviceInventory {

    private final Listing listing;
    private final Batch batch;
    private final Devices devices;

    @Inject
    public DeviceInventory(Listing listing, Batch batch, Devices devices) {
        this.listing = listing;
        this.batch = batch;
        this.devices = devices;
    }

    /**
     * What stands under one id.
     *
     * @param person whose it is; null when the entry says nobody
     * @param device null when the entry, or one that belongs to it, can't be read, which nothing else suffers from
     */
    public record Item(
            String id, @Nullable UUID person, @Nullable PairedDevice device) {}

    /**
     * Tells of each device that is meant, in the order of their ids, as it stands when its turn comes. One that is paired or
     * deleted meanwhile may be told of or not; none is twice.
     *
     * @param read what is to be told of a device. It may read what else belongs to it, and is asked for many devices before
     *     any of it is durable: it must tell nobody
     * @param tell gets what was read, in order
     */
    public <T> void forEach(Environment environment, DeviceQuery query, Function<Item, T> read, Consumer<T> tell) {
        Pages.forEach(
                listing,
                batch,
                environment.devices(),
                query.filter(),
                entry -> item(environment, entry).stream().map(read),
                tell);
    }

    /** Nothing where there is an entry and no device. */
    private Optional<Item> item(Environment environment, Entry entry) {
        String id = entry.getAttributeValue(Schema.ID); // the entry is named by it
        UUID person = DeviceEntry.person(entry).orElse(null);
        try {
            return devices.paired(environment, DeviceEntry.device(entry)).map(device -> new Item(id, person, device));
        } catch (Problem.Corrupt e) {
            return Optional.of(new Item(id, person, null));
        }
    }
}
