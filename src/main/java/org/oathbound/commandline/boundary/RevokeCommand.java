package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.oathbound.commandline.control.Client;
import org.oathbound.commandline.control.JobWatch;
import org.oathbound.commandline.control.Lookup;
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

    RevokeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        Client client = client();
        Lookup lookup = new Lookup(client);
        ObjectNode job = JsonNodeFactory.instance
                .objectNode()
                .put("type", "REVOKE_OATH_TOKENS")
                .put("async", true)
                .put("forceUnpair", forceUnpair);
        ArrayNode ids = job.putArray("tokenIds");
        serialNumbers.forEach(serialNumber -> ids.add(Lookup.id(lookup.token(serialNumber))));
        JsonNode begun = client.post("/oathJobs", REVOKE, job);
        return new JobOutcome(new JobWatch(client, terminal()).follow(Lookup.id(begun))).print(terminal(), json());
    }
}
