package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.control.SettingsDocument;
import org.oathbound.commandline.entity.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The environment's settings: documents, of which single values are shown and changed. */
final class SettingsCommands {

    private static final String WHICH =
            "oath: how codes are judged, and binds. mfa: how many devices a person may have, and"
                    + " when wrong codes lock. policy: tokens and apps of the policy that is in force.";

    enum Document {
        oath,
        mfa,
        policy
    }

    private SettingsCommands() {}

    @Command(name = "show", description = "Shows the settings of a document.")
    static void show(
            @Mixin ServiceOptions service,
            @Parameters(index = "0", paramLabel = "DOCUMENT", description = WHICH) Document which,
            @Option(names = "--policy", paramLabel = "NAME", description = "With policy: another one than the default.")
                    @Nullable
                    String policy) {
        print(service, read(service, which, policy));
    }

    @Command(name = "set", description = "Changes settings of a document; those that are not named stay.")
    static void set(
            @Mixin ServiceOptions service,
            @Parameters(index = "0", paramLabel = "DOCUMENT", description = WHICH) Document which,
            @Parameters(
                            index = "1..*",
                            arity = "1..*",
                            paramLabel = "SETTING",
                            description =
                                    "Such as hotp.lookAhead=20, by the names that show has; with nothing behind the ="
                                            + " it has its default again.")
                    List<String> changes,
            @Option(names = "--policy", paramLabel = "NAME", description = "With policy: another one than the default.")
                    @Nullable
                    String policy) {
        SettingsDocument document = new SettingsDocument(read(service, which, policy));
        changes.forEach(document::change);
        String tail = tail(which, document.id());
        print(service, service.client().put(tail, ServiceClient.JSON, document.values()));
    }

    @Command(
            name = "reset",
            description = "Gives all settings of a document, but not of a policy, their defaults again.")
    static void reset(
            @Mixin ServiceOptions service,
            @Parameters(index = "0", paramLabel = "DOCUMENT", description = WHICH) Document which) {
        if (which == Document.policy) {
            throw Failure.usage("A policy has no defaults: oathbound settings set policy sets what it is to have.");
        }
        service.client().delete(tail(which, ""));
        service.print(JsonNodeFactory.instance.objectNode().put("reset", true), "The settings are the defaults again.");
    }

    private static JsonNode read(ServiceOptions service, Document which, @Nullable String policy) {
        if (policy != null && which != Document.policy) {
            throw Failure.usage("--policy goes with policy only.");
        }
        if (which != Document.policy) {
            return service.client().get(tail(which, ""));
        }
        for (JsonNode one : service.client().get(tail(which, "")).at("/_embedded/deviceAuthenticationPolicies")) {
            if (policy == null
                    ? one.path("default").asBoolean()
                    : one.path("name").asText().equals(policy)) {
                return one;
            }
        }
        throw Failure.usage("There is no policy " + policy + ".");
    }

    private static String tail(Document which, String id) {
        return switch (which) {
            case oath -> "/oathSettings";
            case mfa -> "/mfaSettings";
            case policy -> "/deviceAuthenticationPolicies" + (id.isEmpty() ? "" : "/" + id);
        };
    }

    private static void print(ServiceOptions service, JsonNode document) {
        List<List<String>> rows = new SettingsDocument(document).rows();
        service.print(
                document,
                String.join("\n", Table.of("SETTING", "VALUE").with(rows).lines()));
    }
}
