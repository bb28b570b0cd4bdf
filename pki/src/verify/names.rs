//! Do the names of a chain keep to the constraints above them?
//!
//! upstream: Go's crypto/x509 (constraints.go: `checkChainConstraints`)

mod sets;

use std::net::IpAddr;

use kubelogic_core::quote::quoted;

use crate::certificate::{Certificate, Mailbox, NameConstraints, domain_is_valid, ip_text, mailbox};
use sets::{Domains, Networks};

/// The constraints of one certificate, ready to ask.
struct Constraints {
    at: usize,
    addresses: (Networks, Networks),
    dns: (Domains, Domains),
    uris: (Domains, Domains),
    emails: (Mails, Mails),
}

/// What is asked about mail addresses: whole ones and domains.
struct Mails {
    any: bool,
    whole: Vec<Mailbox>,
    domains: Domains,
}

impl Mails {
    fn new(list: &[String], permitted: bool) -> Self {
        let mut whole = Vec::new();
        let mut domains = Vec::new();
        for constraint in list {
            if constraint.contains('@') {
                whole.extend(mailbox(constraint).map(lower));
            } else {
                domains.push(constraint.clone());
            }
        }
        Self { any: !list.is_empty(), whole, domains: Domains::new(&domains, permitted) }
    }

    fn find(&self, mail: &Mailbox) -> Option<String> {
        if self.whole.contains(mail) {
            return Some(mail.text());
        }
        self.domains.find(&mail.domain)
    }
}

fn lower(mut mail: Mailbox) -> Mailbox {
    mail.domain = mail.domain.to_lowercase();
    mail
}

impl Constraints {
    fn new(at: usize, constraints: &NameConstraints) -> Self {
        let (permitted, excluded) = (&constraints.permitted, &constraints.excluded);
        Self {
            at,
            addresses: (Networks::new(&permitted.addresses), Networks::new(&excluded.addresses)),
            dns: (Domains::new(&permitted.dns, true), Domains::new(&excluded.dns, false)),
            uris: (Domains::new(&permitted.uris, true), Domains::new(&excluded.uris, false)),
            emails: (Mails::new(&permitted.emails, true), Mails::new(&excluded.emails, false)),
        }
    }

    fn check(&self, names: &Names) -> Result<(), String> {
        for address in &names.addresses {
            let shown = ip_text(*address);
            let find = |set: &Networks| set.find(*address);
            judge("IP address", &shown, &self.addresses, |set| !set.is_empty(), find)?;
        }
        for name in &names.dns {
            if !domain_is_valid(name, false) {
                return Err(format!("x509: cannot parse dnsName {}", quoted(name)));
            }
            judge("DNS name", name, &self.dns, |set| !set.is_empty(), |set| set.find(name))?;
        }
        for (shown, domain) in &names.uris {
            if !domain_is_valid(domain, false) {
                return Err(format!("x509: internal error: URI SAN {} failed to parse", quoted(shown)));
            }
            judge("URI", shown, &self.uris, |set| !set.is_empty(), |set| set.find(domain))?;
        }
        for mail in &names.emails {
            let shown = mail.text();
            if !domain_is_valid(&mail.domain, false) {
                return Err(format!("x509: cannot parse rfc822Name {}", quoted(&shown)));
            }
            judge("email address", &shown, &self.emails, |set| set.any, |set| set.find(mail))?;
        }
        Ok(())
    }
}

/// Permitted if anything is permitted by name, and not excluded.
fn judge<S>(
    kind: &str,
    shown: &str,
    (permitted, excluded): &(S, S),
    says_something: impl Fn(&S) -> bool,
    find: impl Fn(&S) -> Option<String>,
) -> Result<(), String> {
    if says_something(permitted) && find(permitted).is_none() {
        return Err(format!("{kind} {} is not permitted by any constraint", quoted(shown)));
    }
    match find(excluded) {
        Some(constraint) => {
            Err(format!("{kind} {} is excluded by constraint {}", quoted(shown), quoted(&constraint)))
        }
        None => Ok(()),
    }
}

/// The names of one certificate in the form in which they are compared.
struct Names {
    dns: Vec<String>,
    addresses: Vec<IpAddr>,
    uris: Vec<(String, String)>,
    emails: Vec<Mailbox>,
}

impl Names {
    fn of(certificate: &Certificate) -> Result<Self, String> {
        let names = certificate.alternative_names();
        let uris = names.uris.iter().map(|uri| host_of(uri.as_str(), uri.host()));
        let uris = uris.collect::<Result<Vec<_>, _>>()?;
        let emails = names.emails.iter().map(|email| {
            mailbox(email).map(lower).ok_or_else(|| format!("cannot parse rfc822Name {}", quoted(email)))
        });
        Ok(Self {
            dns: names.dns.clone(),
            addresses: names.addresses.clone(),
            uris,
            emails: emails.collect::<Result<_, _>>()?,
        })
    }
}

/// The host of a URI without its port: a name, never an address.
fn host_of(text: &str, host: &str) -> Result<(String, String), String> {
    let mut domain = host.to_lowercase();
    if domain.is_empty() {
        return Err(format!("URI with empty host ({}) cannot be matched against constraints", quoted(text)));
    }
    if domain.contains(':') && !domain.ends_with(']') {
        let (name, _) = split_port(host)
            .map_err(|why| format!("cannot parse URI host {}: address {host}: {why}", quoted(host)))?;
        name.clone_into(&mut domain);
    }
    let bare = domain.split('%').next().unwrap_or_default();
    let is_address = domain.parse::<IpAddr>().is_ok()
        || (bare != domain && !domain.ends_with('%') && bare.parse::<std::net::Ipv6Addr>().is_ok())
        || (domain.starts_with('[') && domain.ends_with(']'));
    if is_address {
        return Err(format!("URI with IP ({}) cannot be matched against constraints", quoted(text)));
    }
    Ok((text.to_owned(), domain))
}

/// upstream: Go's net (`SplitHostPort`)
fn split_port(text: &str) -> Result<(&str, &str), &'static str> {
    let (host, port) = text.rsplit_once(':').ok_or("missing port in address")?;
    if let Some(inside) = text.strip_prefix('[') {
        let (inside, after) = inside.split_once(']').ok_or("missing ']' in address")?;
        return match after.strip_prefix(':') {
            Some(port) if !port.contains(':') => Ok((inside, port)),
            Some(_) => Err("too many colons in address"),
            None => Err("missing port in address"),
        };
    }
    if host.contains(':') { Err("too many colons in address") } else { Ok((host, port)) }
}

/// The chain runs from the leaf upwards. The text is the detail of Go's error.
pub(super) fn check(chain: &[&Certificate]) -> Result<(), String> {
    let constraints: Vec<Constraints> = chain
        .iter()
        .enumerate()
        .filter_map(|(at, one)| Some(Constraints::new(at, one.parsed().name_constraints.as_ref()?)))
        .collect();
    let mut above = constraints.as_slice();
    for (at, certificate) in chain.iter().enumerate() {
        if certificate.extension(&[2, 5, 29, 17]).is_none() {
            continue;
        }
        // A certificate is bound by those above it, not by its own.
        while let [first, rest @ ..] = above
            && first.at <= at
        {
            above = rest;
        }
        if above.is_empty() {
            return Ok(());
        }
        let names = Names::of(certificate)?;
        above.iter().try_for_each(|constraints| constraints.check(&names))?;
    }
    Ok(())
}
