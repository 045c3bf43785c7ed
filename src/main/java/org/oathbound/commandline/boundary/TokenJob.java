package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.oathbound.commandline.control.FindByName;

/** What a job can do to many tokens at once. */
enum TokenJob {
    REVOKE("application/vnd.pingidentity.job.oathtokens.revoke+json"),
    PAIR("application/vnd.oathbound.job.oathtokens.pair+json"),
    UNPAIR("application/vnd.oathbound.job.oathtokens.unpair+json"),
    BLOCK("application/vnd.oathbound.job.oathtokens.block+json"),
    UNBLOCK("application/vnd.oathbound.job.oathtokens.unblock+json"),
    LABEL("application/vnd.oathbound.job.oathtokens.label+json");

    private final String mediaType;

    TokenJob(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * Hands such a job in and waits for its end.
     *
     * @param members of its body, but for those that every job has
     * @return the job as it stands then
     */
    JsonNode run(ServiceOptions service, Map<String, ?> members) {
        Map<String, Object> body = new HashMap<>(members);
        body.put("type", name() + "_OATH_TOKENS");
        body.put("async", true);
        return service.follow(FindByName.id(service.client().post("/oathJobs", mediaType, body)));
    }
}
