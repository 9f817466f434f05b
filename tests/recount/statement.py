# SPDX-License-Identifier: EUPL-1.2
"""Recounts a campaign's statement from the raw records, by another way than the program: nothing here was taken from it.

Usage: statement.py CAMPAIGN DESKS < records.ndjson
CAMPAIGN is the identifier; DESKS a JSON object of the site of each desk (certificates are no records). Vouchers are counted one by one.
Prints JSON: households, days ("SITE DAY"), desks, office. Only the standard library is used.
"""

import datetime as dt
import json
import sys
from collections import defaultdict


def rome(millis):
    """Wall time in Italy: CET, and CEST from the last Sunday of March to that of October, 01:00 UTC (Directive 2000/84/EC)."""
    utc = dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=millis)

    def last_sunday(month):
        day = dt.datetime(utc.year, month, 31, 1)
        return day - dt.timedelta(days=(day.weekday() + 1) % 7)

    summer = last_sunday(3) <= utc < last_sunday(10)
    return utc + dt.timedelta(hours=2 if summer else 1)


def vouchers(runs):
    for run in runs:
        for number in range(run["first"], run["last"] + 1):
            yield f'{run["series"]}{number:0{run["width"]}d}'


def main():
    campaign, sites = sys.argv[1], json.loads(sys.argv[2])
    records = [json.loads(line) for line in sys.stdin if line.strip()]
    records.sort(key=lambda r: (r["hlc"], r["desk"], r["seq"]))

    of_campaign = set()  # services
    rights, meetings, stock = {}, {}, defaultdict(list)
    for record in records:
        body = record["body"]
        if record["kind"] == "service.defined":
            service = body["service"]
            (of_campaign.add if service.get("campaign") == campaign else of_campaign.discard)(service["id"])
        elif record["kind"] == "entitlement.granted" and body["campaign"] == campaign:
            rights.setdefault(record["entity"], {"household": body["household"], "amount": 0, "revoked": False, "given": {}, "refused": []})
        elif record["kind"].startswith("stock."):
            if body.get("campaign") == campaign:
                # A stock is the thing of its desk, whoever writes of it: supervisors settle and destroy for others.
                stock[record["entity"]].append(record)

    for record in records:
        kind, body, thing = record["kind"], record["body"], record["entity"]
        right = rights.get(thing)
        if right is not None:
            if kind in ("entitlement.granted", "entitlement.revised"):
                right["amount"], right["revoked"] = body["amount"], False
            elif kind == "entitlement.revoked":
                right["revoked"] = True
            elif kind == "delivery.confirmed":
                when = body["paper"]["at"] if body.get("paper") else rome(record["at"]).isoformat()
                right["given"].setdefault(body["id"], {
                    "amount": body["amount"], "day": when[:10], "desk": record["desk"], "back": None,
                    "vouchers": list(vouchers(body["runs"])),
                })
            elif kind == "delivery.reversed":
                given = right["given"].get(body["delivery"])
                if given and given["back"] is None:
                    given["back"] = (rome(record["at"]).isoformat()[:10], body["returned"])
            elif kind == "delivery.refused":
                right["refused"].append((rome(record["at"]).isoformat()[:10], record["desk"]))
        if kind.startswith("appointment."):
            step(meetings, thing, kind, body, record)

    result = {"households": count_households(rights, meetings, of_campaign),
              "days": count_days(rights, meetings, of_campaign, sites)}
    result["desks"], result["office"] = count_vouchers(stock, rights)
    json.dump(result, sys.stdout, sort_keys=True)


def step(meetings, thing, kind, body, record):
    """What of an appointment the statement needs: whether somebody came, and where and when it is."""
    kind = kind.split(".")[1]
    if kind in ("booked", "walked_in") and thing not in meetings:
        meetings[thing] = {"household": body.get("household"), "right": body.get("entitlement"), "service": body["service"],
                           "site": body["site"], "day": body["start"][:10], "walk_in": kind == "walked_in",
                           "came": kind == "walked_in", "status": "here" if kind == "walked_in" else "booked"}
        return
    meeting = meetings.get(thing)
    if meeting is None:
        return
    if kind == "moved" and meeting["status"] in ("booked", "missed", "cancelled"):
        meeting.update(site=body["site"], day=body["start"][:10], status="booked")
    elif kind == "cancelled" and meeting["status"] in ("booked", "missed"):
        meeting["status"] = "cancelled"
    elif kind == "missed" and meeting["status"] == "booked":
        meeting["status"] = "missed"
    elif kind in ("presented", "called") and meeting["status"] != "over":
        today = rome(record["at"]).isoformat()[:10]
        if meeting["day"] != today:
            meeting["day"] = today
        meeting.update(came=True, status="here")
    elif kind == "finished":
        meeting.update(came=True, status="over")


def meetings_of(meetings, rights, services):
    """Appointments of households with a right, that are for the campaign."""
    households = {right["household"]: right for right in rights.values()}
    for meeting in meetings.values():
        if meeting["household"] in households and (meeting["service"] in services or meeting["right"] in rights):
            yield meeting, households[meeting["household"]]


def count_households(rights, meetings, services):
    counts = defaultdict(lambda: [0, 0])

    def add(figure, amount):
        counts[figure][0] += 1
        counts[figure][1] += amount

    booked, came = set(), set()
    for meeting, right in meetings_of(meetings, rights, services):
        if not meeting["walk_in"] and meeting["status"] != "cancelled":
            booked.add(right["household"])
            if meeting["came"]:
                came.add(right["household"])
    for right in rights.values():
        due = right["amount"]
        got = sum(given["amount"] for given in right["given"].values() if given["back"] is None)
        served = got > 0 and got >= due
        if right["revoked"] and not served:
            add("revoked", due)
            continue
        add("entitled", due)
        if right["household"] in booked:
            add("booked", due)
        if right["household"] in came:
            add("presented", due)
            if served:
                add("served_of_presented", got)
        if served:
            add("served", got)
        else:
            add("partial" if got else "unserved", due - got)
            if right["refused"]:
                add("refused", due - got)
    return counts


def count_days(rights, meetings, services, sites):
    days = defaultdict(lambda: {"figures": defaultdict(lambda: [0, 0]), "vouchers": []})

    def add(site, day, figure, amount=0):
        figures = days[f"{site} {day}"]["figures"][figure]
        figures[0] += 1
        figures[1] += amount

    for meeting, _ in meetings_of(meetings, rights, services):
        if meeting["status"] == "cancelled":
            continue
        where = (meeting["site"], meeting["day"])
        if meeting["walk_in"]:
            add(*where, "walk_ins")
            continue
        add(*where, "appointments")
        if meeting["came"]:
            add(*where, "presentations")
        elif meeting["status"] == "missed":
            add(*where, "no_shows")
    for right in rights.values():
        for given in right["given"].values():
            site = sites.get(given["desk"])
            if given["back"] is None:
                add(site, given["day"], "deliveries", given["amount"])
                days[f'{site} {given["day"]}']["vouchers"] += given["vouchers"]
            else:
                add(site, given["back"][0], "reversals", given["amount"])
        for day, desk in right["refused"]:
            add(sites.get(desk), day, "refusals")
    for day in days.values():
        day["vouchers"].sort()
    return days


def count_vouchers(stock, rights):
    """Where each single voucher is: one state machine for each desk and voucher."""
    out = defaultdict(set)
    for right in rights.values():
        for given in right["given"].values():
            if given["back"] is None or not given["back"][1]:
                out[given["desk"]].update(given["vouchers"])
    arrived = defaultdict(set)
    for records in stock.values():
        for record in records:
            if record["kind"] == "stock.arrived":
                shipment = record["body"]["shipment"]
                arrived[(shipment["from"], shipment["number"])].update(vouchers(record["body"]["runs"]))
    desks, together = {}, defaultdict(set)
    for desk, records in stock.items():
        place, came = {}, set()
        for record in records:
            body = record["body"]
            for voucher in vouchers(body["runs"]):
                move(place, came, voucher, record["kind"].split(".")[1], body)
        counts = defaultdict(int)
        for voucher, where in place.items():
            if where == "present":
                where = "delivered" if voucher in out[desk] else "held"
            elif isinstance(where, tuple):
                _, shipment, outcome = where
                where = "transferred" if voucher in arrived[shipment] else (outcome or "in_transit")
            counts[where] += 1
            together[voucher].add(where)
        counts["came"] = len(came)
        desks[desk] = counts
    # Of what two desks say of one voucher the one counts that is hardest to be wrong about.
    order = ["delivered", "held", "destroyed", "damaged", "returned", "lost", "in_transit"]
    office = defaultdict(int)
    for places in together.values():
        found = next((where for where in order if where in places), None)
        if found is None and places == {"miscounted"}:
            continue
        office[found or "in_transit"] += 1
        office["received"] += 1
    return desks, office


def move(place, came, voucher, kind, body):
    now = place.get(voucher)
    if kind in ("received", "arrived"):
        place[voucher] = "present"
        came.add(voucher)
    elif kind == "removed" and now == "present":
        place[voucher] = body["reason"]
    elif kind == "shipped" and now == "present":
        place[voucher] = ("away", (body["shipment"]["from"], body["shipment"]["number"]), None)
    elif kind == "settled" and isinstance(now, tuple) and now[2] is None:
        shipment = (body["shipment"]["from"], body["shipment"]["number"])
        if now[1] == shipment:
            outcome = body["outcome"]
            place[voucher] = "present" if outcome == "taken_back" else ("away", shipment, outcome)
    elif kind == "destroyed":
        if now in ("present", "damaged") or isinstance(now, tuple) and now[2] == "damaged":
            place[voucher] = "destroyed"


main()
