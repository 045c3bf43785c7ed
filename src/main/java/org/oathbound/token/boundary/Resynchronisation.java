package org.oathbound.token.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Predicate;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Permission;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Refusals;
import org.oathbound.token.control.Verifier;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;

/** What a resynchronisation is at both of its paths: two consecutive codes, at once or one after the other. */
@ApplicationScoped
class Resynchronisation {

    /** The media type that asks for it. */
    static final String MEDIA_TYPE = "application/vnd.pingidentity.device.resync+json";

    private final Environments environments;
    private final Verifier verifier;
    private final RoleHolders roles;
    private final Links links;
    private final Clock clock;

    @Inject
    Resynchronisation(Environments environments, Verifier verifier, RoleHolders roles, Links links, Clock clock) {
        this.environments = environments;
        this.verifier = verifier;
        this.roles = roles;
        this.links = links;
        this.clock = clock;
    }

    /**
     * Answers with the token as it stands then.
     *
     * @param whose whether the path leads to this token
     * @throws Problem.NotFound when there is no such fob
     * @throws Problem.Forbidden when somebody who has it holds a role above the caller's
     * @throws Problem.InvalidData when the codes are malformed or wrong, or the first of two is right
     * @throws Problem.RequestFailed when the token is locked
     */
    TokenJson answer(UUID env, UUID id, SecurityContext security, Predicate<Metadata> whose, InputStream body) {
        Environment environment = environments.get(env);
        ResynchronisationDocument codes = ResynchronisationDocument.read(JsonBody.read(body));
        TokenId token = new TokenId(id);
        RequestPrincipal caller = (RequestPrincipal) security.getUserPrincipal();
        Predicate<Metadata> changeable = whose.and(metadata -> {
            roles.requireMayChangeTokenOf(metadata.holders(), caller, environment);
            return true;
        });
        Integer drift = codes.drift();
        if (drift != null && !caller.may(Permission.CREATE_OATH_TOKEN)) {
            throw new Problem.Forbidden("To say how far away a token's clock is needs the permission to import tokens, "
                    + Permission.CREATE_OATH_TOKEN + ".");
        }
        Verdict verdict = verdict(environment, token, changeable, codes);
        if (verdict instanceof Accepted accepted) {
            return TokenJson.of(env, accepted.advanced(), false, links);
        }
        throw Refusals.of(verdict, ResynchronisationDocument.OTPS, clock.instant());
    }

    private Verdict verdict(
            Environment environment, TokenId token, Predicate<Metadata> whose, ResynchronisationDocument codes) {
        Passcode second = codes.second();
        Integer drift = codes.drift();
        if (second == null) {
            return verifier.resynchronise(environment, token, whose, codes.first());
        } else if (drift == null) {
            return verifier.resynchronise(environment, token, whose, codes.first(), second);
        }
        return verifier.resynchronise(environment, token, whose, codes.first(), second, drift);
    }
}
