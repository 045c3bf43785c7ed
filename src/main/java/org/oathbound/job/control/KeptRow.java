package org.oathbound.job.control;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.entity.Owner;

/** A row of a seed file as JSON, which is how it is kept until its turn, and back. */
final class KeptRow {

    private static final JsonProvider JSON = JsonProvider.provider();

    private KeptRow() {}

    static JsonObject of(SeedRow row) {
        JsonObjectBuilder kept = JSON.createObjectBuilder()
                .add("number", row.number())
                .add("cells", JSON.createArrayBuilder(row.cells()));
        String serialNumber = row.serialNumber();
        if (serialNumber != null) {
            kept.add("serialNumber", serialNumber);
        }
        JsonObject token = row.token();
        if (token != null) {
            kept.add("token", token);
        }
        Owner owner = row.owner();
        if (owner != null) {
            kept.add("username", owner.username()).add("status", owner.status().name());
        }
        if (!row.faults().isEmpty()) {
            kept.add("faults", faults(row.faults()));
        }
        return kept.build();
    }

    static SeedRow read(JsonObject kept) {
        return new SeedRow(
                kept.getInt("number"),
                kept.getString("serialNumber", null),
                kept.getJsonArray("cells").getValuesAs(JsonString::getString),
                kept.getJsonObject("token"),
                kept.containsKey("username")
                        ? new Owner(kept.getString("username"), Owner.Status.valueOf(kept.getString("status")))
                        : null,
                kept.containsKey("faults") ? faults(kept.getJsonArray("faults")) : List.of());
    }

    private static JsonArrayBuilder faults(List<Detail> faults) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Detail fault : faults) {
            JsonObjectBuilder object =
                    JSON.createObjectBuilder().add("code", fault.code().name()).add("message", fault.message());
            String target = fault.target();
            array.add(target == null ? object : object.add("target", target));
        }
        return array;
    }

    private static List<Detail> faults(JsonArray faults) {
        return faults.getValuesAs(JsonValue::asJsonObject).stream()
                .map(fault -> new Detail(
                        DetailCode.valueOf(fault.getString("code")), target(fault), fault.getString("message")))
                .toList();
    }

    private static @Nullable String target(JsonObject fault) {
        return fault.getString("target", null);
    }
}
