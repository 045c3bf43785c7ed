package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.JobWatch;
import org.oathbound.commandline.control.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description =
                "Revokes tokens for good: their secrets are removed, and no code of theirs is accepted any more. If one"
                        + " of them is not there, none is revoked.")
final class RevokeCommand extends ServiceCommand {

    private static final String REVOKE = "application/vnd.pingidentity.job.oathtokens.revoke+json";

    @Parameters(
            arity = "1..*",
            paramLabel = "SERIAL",
            description = "The tokens' serial numbers; @FILE stands for what is in a file.")
    private List<String> serialNumbers = List.of();

    @Option(
            names = "--force-unpair",
            description = "Also tokens that somebody has: they are taken away. Without it they are left alone.")
    private boolean forceUnpair;

    RevokeCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        ServiceClient client = client();
        FindByName lookup = new FindByName(client);
        ObjectNode job = JsonNodeFactory.instance
                .objectNode()
                .put("type", "REVOKE_OATH_TOKENS")
                .put("async", true)
                .put("forceUnpair", forceUnpair);
        Map<String, String> byId = new LinkedHashMap<>();
        serialNumbers.forEach(serialNumber -> byId.put(FindByName.id(lookup.token(serialNumber)), serialNumber));
        byId.keySet().forEach(job.putArray("tokenIds")::add);
        String id = FindByName.id(client.post("/oathJobs", REVOKE, job));
        JsonNode done = new JobWatch(client, terminal()).follow(id);
        int exitCode = new JobOutcome(done).print(terminal(), json());
        for (JsonNode paired : done.at("/result/paired")) {
            terminal().tell(byId.get(paired.asText()) + " is somebody's: --force-unpair revokes it all the same.");
        }
        return exitCode;
    }
}
