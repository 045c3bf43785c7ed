package org.oathbound.commandline.control;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.oathbound.commandline.entity.SpreadsheetCell;

/**
 * Which person has which token in another service that has PingOne's API, and how far each token is: all that a seed
 * file does not say and an import needs for people to notice nothing.
 */
public final class MovingState {

    private static final String LIMIT = "?limit=200";

    private record Holder(String username, String status) {}

    /** What moves a token, each empty where the service does not tell. */
    private record Position(String counter, String drift) {}

    private final ServiceClient source;
    private final Terminal terminal;
    private final Map<String, Position> positions = new LinkedHashMap<>();
    private final Map<String, List<Holder>> holders = new HashMap<>();

    public MovingState(ServiceClient source, Terminal terminal) {
        this.source = source;
        this.terminal = terminal;
    }

    /** Reads all of it, and shows how far that is. */
    public void read() {
        terminal.tell("Reading tokens and people.");
        source.list("/oathTokens" + LIMIT, "oathTokens", true, this::token);
        List<JsonNode> people = new ArrayList<>();
        source.list("/users" + LIMIT, "users", true, people::add);
        try (ProgressBar bar = new ProgressBar(terminal, "People")) {
            for (int done = 0; done < people.size(); done++) {
                bar.show(done, people.size());
                person(people.get(done));
            }
            bar.show(people.size(), people.size());
        }
    }

    /** Writes it, a row for each token. */
    public void write(OutputStream out) throws IOException {
        CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord("serial", "username", "counter", "drift", "status");
        positions.forEach((serialNumber, position) -> {
            Holder holder = holders(serialNumber).getFirst();
            csv.writeRecord(
                    Stream.of(serialNumber, holder.username(), position.counter(), position.drift(), holder.status())
                            .map(SpreadsheetCell::of)
                            .toList());
        });
        csv.flush();
    }

    /** The further holders of tokens: the file names only the first holder of each; a line for each other one. */
    public List<String> left() {
        return positions.keySet().stream()
                .flatMap(serialNumber -> holders(serialNumber).stream()
                        .skip(1)
                        .map(holder -> serialNumber + " is " + holder.username() + "'s as well, " + holder.status()
                                + ": pair it when it is imported."))
                .toList();
    }

    private List<Holder> holders(String serialNumber) {
        return holders.getOrDefault(canonical(serialNumber), List.of(new Holder("", "")));
    }

    /** How many tokens there are. */
    public int tokens() {
        return positions.size();
    }

    private void token(JsonNode token) {
        positions.put(
                token.path("serialNumber").asText(),
                new Position(
                        token.at("/hotp/counter").asText(),
                        token.at("/totp/drift").asText()));
    }

    private void person(JsonNode person) {
        JsonNode devices = RetryWhenBusy.ask(() -> new FindByName(source).devices(person));
        for (JsonNode device : devices) {
            if (device.has("serialNumber")) {
                boolean blocked = device.at("/block/status").asText().equals("BLOCKED");
                holders.computeIfAbsent(
                                canonical(device.get("serialNumber").asText()), serialNumber -> new ArrayList<>())
                        .add(new Holder(
                                person.path("username").asText(),
                                blocked ? "BLOCKED" : device.path("status").asText()));
            }
        }
    }

    private static String canonical(String serialNumber) {
        return serialNumber.toUpperCase(Locale.ROOT);
    }
}
