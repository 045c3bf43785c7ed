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

/** Reads all devices of an environment one after the other; memory does not grow with their number. */
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
     * The device entry with one id.
     *
     * @param person the owner's id; null when the entry names no owner
     * @param device null when the entry, or one that belongs to it, can't be read; other devices are not affected
     */
    public record Item(
            String id, @Nullable UUID person, @Nullable PairedDevice device) {}

    /**
     * Reports each device that the query selects, in the order of their ids, as it stands when it is read. A device
     * that is paired or deleted meanwhile may be reported or not; no device is reported twice.
     *
     * @param read makes what is reported of a device. It may read other entries of the device. It runs for many devices
     *     before their entries are durable, so it must not pass anything on
     * @param tell receives the results of {@code read}, in order
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

    /** Empty where there is an entry and no device. */
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
