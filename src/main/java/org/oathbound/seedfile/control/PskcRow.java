package org.oathbound.seedfile.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.SeedToken;

/** Makes a row of one {@code KeyPackage} (RFC 6030 section 4.1), with all its faults. */
final class PskcRow {

    static final List<String> COLUMNS = List.of("Key Id", "SerialNo", "Manufacturer", "Model", "Algorithm", "UserId");

    private static final Set<String> IN_PACKAGE = Set.of("DeviceInfo", "CryptoModuleInfo", "Key", "Extensions");
    private static final Set<String> IN_DEVICE = Set.of(
            "Manufacturer",
            "SerialNo",
            "Model",
            "IssueNo",
            "DeviceBinding",
            "StartDate",
            "ExpiryDate",
            "UserId",
            "Extensions");
    private static final Pattern LIKE_A_SECRET = Pattern.compile("[0-9A-Za-z+/=]{26}");
    private static final int MAX_CELL_LENGTH = 200;

    private final PskcElement keyPackage;
    private final int number;
    private final List<Detail> faults = new ArrayList<>();

    PskcRow(PskcElement keyPackage, int number) {
        this.keyPackage = keyPackage;
        this.number = number;
    }

    SeedRow read(Hints hints, PskcProtection protection) {
        attempt(() -> keyPackage.mayHave(IN_PACKAGE));
        PskcElement device = attempt(() -> keyPackage.child("DeviceInfo"));
        if (device != null) {
            attempt(() -> device.mayHave(IN_DEVICE));
        }
        PskcElement key = attempt(this::key);
        List<String> cells = cells(device, key);
        String serialNumber = serialNumber(cells);
        if (key == null) {
            return new SeedRow(number, serialNumber, cells, null, null, faults);
        }
        SeedToken token = new PskcToken(this, device, key, hints).read(number, protection);
        return new SeedRow(number, serialNumber, cells, token, null, faults);
    }

    /** The number of the device, else the key's name, as they may be shown. */
    private static @Nullable String serialNumber(List<String> cells) {
        String shown = cells.get(1).isEmpty() ? cells.get(0) : cells.get(1);
        return shown.isEmpty() ? null : shown;
    }

    /** Null when it can't be done; then there is a fault. */
    <T extends @Nullable Object> @Nullable T attempt(Supplier<T> part) {
        try {
            return part.get();
        } catch (Problem.InvalidData e) {
            faults.addAll(e.details());
            return null;
        }
    }

    void attempt(Runnable part) {
        attempt(() -> {
            part.run();
            return null;
        });
    }

    private PskcElement key() {
        PskcElement key = keyPackage.child("Key");
        if (key == null) {
            throw PskcFault.of(null, "The KeyPackage has no Key.");
        }
        return key;
    }

    private static List<String> cells(@Nullable PskcElement device, @Nullable PskcElement key) {
        return Stream.of(
                        attribute(key, "Id"),
                        text(device, "SerialNo"),
                        text(device, "Manufacturer"),
                        text(device, "Model"),
                        attribute(key, "Algorithm"),
                        text(key, "UserId").isEmpty() ? text(device, "UserId") : text(key, "UserId"))
                .map(PskcRow::shown)
                .toList();
    }

    private static String attribute(@Nullable PskcElement element, String name) {
        return element == null ? "" : PskcFault.orEmpty(element.attribute(name));
    }

    /** The text of the first element of that name; other code reports a second one. */
    private static String text(@Nullable PskcElement element, String name) {
        return element == null
                ? ""
                : element.children().stream()
                        .filter(child -> child.is(name))
                        .map(PskcElement::text)
                        .findFirst()
                        .orElse("");
    }

    private static String shown(String text) {
        return LIKE_A_SECRET.matcher(text).find()
                ? "******"
                : text.substring(0, Math.min(text.length(), MAX_CELL_LENGTH));
    }
}
