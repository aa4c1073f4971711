local count = 2;
{ serviceName: 'web', desiredCount: count }
