package org.oathbound.authentication.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.authentication.control.SignOn.View;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.Flow.Failure;
import org.oathbound.authentication.entity.Flow.Status;
import org.oathbound.authentication.entity.Flow.Subject;
import org.oathbound.authentication.entity.UsableDevices;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.http.Link;
import org.oathbound.http.Links;
import org.oathbound.http.Reference;

/**
 * A flow as PingOne's API shows it.
 *
 * @param embedded the person's devices, while one can be selected; left out of the answer to a check
 * @param otpLength how many digits the selected device shows, where it is among them
 * @param bypassAllowed whether the environment lets people pass without a code
 * @param userBypassEnabled whether this one did
 */
public record FlowJson(
        @JsonbProperty("_links") Map<String, Link> links,
        @JsonbProperty("_embedded") @Nullable Embedded embedded,
        UUID id,
        Status status,
        Reference user,
        Reference application,
        Reference policy,
        @Nullable Reference selectedDevice,
        @Nullable Integer otpLength,
        boolean bypassAllowed,
        boolean userBypassEnabled,
        @Nullable ErrorJson error,
        Instant createdAt,
        Instant updatedAt) {

    /** Devices that can be selected, and those that are blocked. */
    public record Embedded(List<DeviceJson> devices, List<DeviceJson> blockedDevices) {}

    /** A device to choose from. */
    public record DeviceJson(
            UUID id,
            Device.Type type,
            Device.Status status,
            @Nullable Usable usableStatus,
            @Nullable String nickname) {}

    /** Whether a device can be used. */
    public record Usable(String status) {}

    /** Why a flow has failed. */
    public record ErrorJson(
            Failure code, String message, @Nullable List<Reference> unavailableDevices) {}

    static FlowJson of(View view, boolean bypassAllowed, Links links) {
        Flow flow = view.flow();
        Subject subject = flow.subject();
        return new FlowJson(
                links(flow, links),
                flow.isOpen() ? embedded(view.choice()) : null,
                subject.id(),
                flow.status(),
                new Reference(subject.user()),
                new Reference(subject.application()),
                new Reference(subject.policy()),
                flow.device() == null ? null : new Reference(flow.device()),
                flow.isOpen() ? otpLength(view.choice(), flow.device()) : null,
                bypassAllowed,
                flow.isBypassed(),
                error(view),
                subject.createdAt(),
                flow.updatedAt());
    }

    private static Map<String, Link> links(Flow flow, Links links) {
        Subject subject = flow.subject();
        Link self = links.authorization(subject.environment(), FlowsResource.NAME, subject.id());
        Map<String, Link> all = new LinkedHashMap<>();
        all.put("self", self);
        if (flow.isOpen() && flow.device() != null) {
            all.put("otp.check", self);
        }
        if (flow.isOpen()) {
            all.put("device.select", self);
        }
        return all;
    }

    private static @Nullable Embedded embedded(@Nullable UsableDevices choice) {
        return choice == null
                ? null
                : new Embedded(
                        choice.usable().stream()
                                .map(device -> json(device.device(), new Usable("ENABLED")))
                                .toList(),
                        choice.blocked().stream()
                                .map(device -> json(device.device(), null))
                                .toList());
    }

    private static DeviceJson json(Device device, @Nullable Usable usable) {
        return new DeviceJson(device.id(), device.type(), device.status(), usable, device.nickname());
    }

    private static @Nullable Integer otpLength(@Nullable UsableDevices choice, @Nullable UUID device) {
        return choice == null || device == null
                ? null
                : choice.usable(device)
                        .map(found -> found.token().metadata().digits())
                        .orElse(null);
    }

    private static @Nullable ErrorJson error(View view) {
        Failure failure = view.flow().failure();
        if (failure == null) {
            return null;
        }
        return switch (failure) {
            case NO_USABLE_DEVICES ->
                new ErrorJson(
                        failure,
                        "Couldn't find authenticating device for user: "
                                + view.flow().subject().user(),
                        unavailable(view.choice()));
            case TOO_MANY_OTP_RETRIES -> new ErrorJson(failure, "Too many wrong codes were sent.", null);
        };
    }

    private static @Nullable List<Reference> unavailable(@Nullable UsableDevices choice) {
        return choice == null
                ? null
                : choice.unusable().stream()
                        .map(PairedDevice::device)
                        .map(device -> new Reference(device.id()))
                        .toList();
    }
}
