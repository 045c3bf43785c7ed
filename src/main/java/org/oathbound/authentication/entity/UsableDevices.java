package org.oathbound.authentication.entity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.Settings;
import org.oathbound.token.entity.Token.TemporaryToken;

/**
 * Which of a person's devices can be used now; both lists in the person's order.
 *
 * @param unusable blocked, locked, not activated yet, of a kind that is switched off, or temporary and over
 */
public record UsableDevices(List<PairedDevice> usable, List<PairedDevice> unusable) {

    public static final UsableDevices NONE = new UsableDevices(List.of(), List.of());

    public static UsableDevices of(List<PairedDevice> devices, Settings settings, Instant now) {
        Map<Boolean, List<PairedDevice>> parts = devices.stream()
                .collect(Collectors.partitioningBy(device -> device.isUsable(now)
                        && device.device().type().method(settings).enabled()
                        && !isOver(device, now)));
        return new UsableDevices(parts.getOrDefault(true, List.of()), parts.getOrDefault(false, List.of()));
    }

    /** The device that is selected when the client selects none. */
    public Optional<PairedDevice> first() {
        return usable.stream().findFirst();
    }

    public Optional<PairedDevice> usable(UUID device) {
        return find(usable, device);
    }

    public Optional<PairedDevice> unusable(UUID device) {
        return find(unusable, device);
    }

    public List<PairedDevice> blocked() {
        return unusable.stream().filter(PairedDevice::isBlocked).toList();
    }

    private static Optional<PairedDevice> find(List<PairedDevice> devices, UUID id) {
        return devices.stream()
                .filter(device -> device.device().id().equals(id))
                .findFirst();
    }

    private static boolean isOver(PairedDevice device, Instant now) {
        return device.token() instanceof TemporaryToken codes
                && (codes.unused().isEmpty() || !now.isBefore(codes.validUntil()));
    }
}
