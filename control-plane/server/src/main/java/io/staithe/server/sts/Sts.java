package io.staithe.server.sts;

import io.staithe.server.aws.Api;
import io.staithe.server.aws.Caller;
import io.staithe.server.aws.Operation;
import java.util.List;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** STS: the account and the user that an access key belongs to. Tools ask it to see that their credentials work. */
public final class Sts {
    private Sts() {}

    public static Api api() {
        return Api.query(
                "sts",
                "https://sts.amazonaws.com/doc/2011-06-15/",
                List.of(new Operation<>(
                        "GetCallerIdentity", GetCallerIdentityRequest::builder, Sts::getCallerIdentity)));
    }

    private static GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request, Caller caller) {
        return GetCallerIdentityResponse.builder()
                .account(caller.account())
                .arn("arn:aws:iam::" + caller.account() + ":user/" + caller.principal())
                .userId(caller.accessKeyId())
                .build();
    }
}
