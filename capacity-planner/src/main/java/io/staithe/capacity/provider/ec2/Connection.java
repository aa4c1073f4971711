package io.staithe.capacity.provider.ec2;

import io.staithe.capacity.provider.ProviderContext;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderException.Kind;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;

/**
 * A client of EC2, and the credentials that it uses: of the profile in the configuration, or wherever AWS's tools look for them.
 */
record Connection(Ec2Client client, AwsCredentialsProvider credentials) implements AutoCloseable {
    static Connection open(ProviderContext context) {
        AwsCredentialsProvider credentials = context.configured("profile")
                .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
        String region =
                context.configured("region").orElseThrow(() -> new IllegalArgumentException("ec2 needs a region"));
        Duration deadline = context.deadline();
        Ec2ClientBuilder builder = Ec2Client.builder()
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(deadline)
                        .socketTimeout(deadline))
                // Who calls asks again, later and later: retries in here would hide that EC2 throttles us.
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        context.configured("endpoint").map(URI::create).ifPresent(builder::endpointOverride);
        return new Connection(builder.build(), credentials);
    }

    void checkCredentials() {
        try {
            credentials.resolveCredentials();
        } catch (SdkClientException none) {
            throw new ProviderException(
                    Kind.CREDENTIALS, "there are no credentials for EC2: " + none.getMessage(), none);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
