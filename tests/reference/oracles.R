# The numbers in this folder, from R: the script that made them, trimmed after the run to what is kept here.
# It writes oracles.json (15 significant digits); the JSON files in this folder are its parts. It was run on all 26 scales
# of the simulated data, of which scales_long.csv keeps 12; the p values in p_adjust.json are those of all 26. The data
# of three occasions were read in long form, which reshape() now makes from the wide files.
suppressPackageStartupMessages({library(jsonlite);library(afex);library(psych);library(car);library(effectsize);library(lavaan);library(nortest);library(emmeans);library(coin)})
afex_options(type=3); out<-list()
keys<-fromJSON("keys.json"); A<-read.csv("items_wide.csv"); L<-read.csv("scales_long.csv")
fct<-function(d,lv=c("pre","post")){d$time<-factor(d$time,levels=lv);d$group<-factor(d$group,levels=c("control","training"));d$id<-factor(d$id);d}
L<-fct(L); scales<-unique(L$scale)

## Reliability
rel<-list()
for(ins in names(keys)) for(tm in c("pre","post")){k<-keys[[ins]]; X<-as.matrix(A[,paste0(k$items,"_",tm)]); X[,k$reverse]<-k$min+k$max-X[,k$reverse]
 for(s in c(NA,unique(k$subscale))){ Y<-if(is.na(s))X else X[,k$subscale==s]; nm<-paste0(ins,ifelse(is.na(s),"",paste0(".",s)),"|",tm)
  if(is.na(s)&&ins=="MAAS") next
  a<-suppressWarnings(psych::alpha(as.data.frame(Y),check.keys=FALSE)); raw<-a$total$raw_alpha; n<-nrow(Y);kk<-ncol(Y)
  fe<-psych::alpha.ci(raw,n.obs=n,n.var=kk,digits=15)
  r<-list(n=n,k=kk,alpha=raw,alpha_std=a$total$std.alpha,feldt_lo=fe$lower.ci,feldt_hi=fe$upper.ci,
     item_total_r=as.numeric(a$item.stats$r.drop),alpha_if_deleted=as.numeric(a$alpha.drop$raw_alpha))
  if(!is.na(s)){ colnames(Y)<-paste0("x",seq_len(kk))
    fit<-tryCatch(suppressWarnings(lavaan::cfa(paste("f =~",paste(colnames(Y),collapse="+")),data=as.data.frame(Y),std.lv=TRUE)),error=function(e)NULL)
    if(!is.null(fit)&&lavInspect(fit,"converged")){e<-lavInspect(fit,"est"); l<-e$lambda[,1]; th<-diag(e$theta); r$omega_lavaan_ml<-sum(l)^2/(sum(l)^2+sum(th)); r$lavaan_lambda<-as.numeric(l); r$lavaan_theta<-as.numeric(th)} }
  rel[[nm]]<-r }}
out$reliability<-rel

## Mixed ANOVA, two occasions
mx<-function(d,type=3){d<-d[complete.cases(d$y),];keep<-names(which(table(d$id)==length(levels(d$time))));d<-droplevels(d[d$id%in%keep,])
 a<-suppressMessages(suppressWarnings(aov_ez("id","y",d,between="group",within="time",type=type,anova_table=list(es=c("ges","pes"),correction="none"))))
 u<-suppressWarnings(summary(a$Anova,multivariate=FALSE)$univariate.tests); tab<-a$anova_table
 lapply(setNames(c("group","time","group:time"),c("group","time","interaction")),function(e)list(SS=unname(u[e,"Sum Sq"]),SSE=unname(u[e,"Error SS"]),df1=unname(u[e,"num Df"]),df2=unname(u[e,"den Df"]),F=unname(u[e,"F value"]),p=unname(u[e,"Pr(>F)"]),pes=tab[e,"pes"],ges=tab[e,"ges"]))}
out$mixed_A_type3<-lapply(setNames(scales,scales),function(s)mx(L[L$scale==s,])); out$mixed_A_type2<-lapply(setNames(scales,scales),function(s)mx(L[L$scale==s,],2))

## Mixed ANOVA, three occasions
long3<-function(file){w<-read.csv(file);d<-reshape(w,direction="long",varying=c("pre","post","fup"),v.names="y",times=c("pre","post","fup"),timevar="time",idvar="id");fct(d[!is.na(d$y),],c("pre","post","fup"))}
C<-long3("three_occasions.csv");CM<-long3("three_occasions_missing.csv")
three<-function(d,type){keep<-names(which(table(d$id)==3));d<-droplevels(d[d$id%in%keep,]);a<-suppressMessages(aov_ez("id","y",d,between="group",within="time",type=type,anova_table=list(es=c("ges","pes"),correction="none")));s<-suppressWarnings(summary(a$Anova,multivariate=FALSE));u<-s$univariate.tests
 list(tests=lapply(setNames(c("group","time","group:time"),c("group","time","interaction")),function(e)list(SS=unname(u[e,1]),SSE=unname(u[e,3]),df1=unname(u[e,2]),df2=unname(u[e,4]),F=unname(u[e,5]),p=unname(u[e,6]),pes=a$anova_table[e,"pes"],ges=a$anova_table[e,"ges"])),GG=unname(s$pval.adjustments[,"GG eps"]),pGG=unname(s$pval.adjustments[,2]),HF=unname(s$pval.adjustments[,"HF eps"]),pHF=unname(s$pval.adjustments[,4]),mauchly_W=unname(s$sphericity.tests[,1]),mauchly_p=unname(s$sphericity.tests[,2]),row=rownames(s$pval.adjustments))}
out$mixed_C_type3<-three(C,3);out$mixed_C_type2<-three(C,2);out$mixed_Cmissing_type3_listwise<-three(CM,3)

## Interval of partial eta squared, and of g, by uniroot on the noncentral distributions
ncp_F<-function(F,d1,d2,conf){a<-(1-conf)/2;f<-function(l,t)pf(F,d1,d2,ncp=l)-t;lo<-if(pf(F,d1,d2)<1-a)0 else uniroot(f,c(0,400),t=1-a,tol=1e-14,maxiter=5000)$root;hi<-if(pf(F,d1,d2)<a)0 else uniroot(f,c(0,400),t=a,tol=1e-14,maxiter=5000)$root;c(lo,hi)}
ncp_t<-function(t,df,conf){a<-(1-conf)/2;f<-function(l,q)pt(t,df,ncp=l)-q;c(uniroot(f,c(t-5,t+5),q=1-a,tol=1e-14,maxiter=5000)$root,uniroot(f,c(t-5,t+5),q=a,tol=1e-14,maxiter=5000)$root)}
out$pes_ci<-lapply(setNames(scales,scales),function(s){F<-out$mixed_A_type3[[s]]$interaction$F
 l90<-ncp_F(F,1,45,.90);l95<-ncp_F(F,1,45,.95); list(F=F,pes=F/(F+45),exact_ncp90=l90,exact_ncp95=l95,exact_ci90_N=l90/(l90+47),exact_ci90_dferr=l90/(l90+45),exact_ci95_N=l95/(l95+47))})
out$pes_ci_paper<-lapply(c(scs=.119,eq=.109,pqcf=.104,nr=.093,iso=.088),function(e){F<-e/(1-e)*45;x<-F_to_eta2(F,1,45,ci=.90,alternative="two.sided");list(F=F,p=pf(F,1,45,lower.tail=FALSE),ci90=c(x$CI_low,x$CI_high))})

## Two groups: t tests, g on change, d_ppc2, correlations, normality
pr<-A$practice_min_week; names(pr)<-A$id
out$tests_A<-lapply(setNames(scales,scales),function(s){d<-L[L$scale==s,];w<-merge(d[d$time=="pre",c("id","group","y")],d[d$time=="post",c("id","y")],by="id",suffixes=c("0","1"));w<-w[order(w$id),];w$ch<-w$y1-w$y0;w$group<-relevel(w$group,"control")
 tr<-w$group=="training"; r<-list()
 tt<-t.test(w$ch[tr],w$ch[!tr],var.equal=TRUE);tw<-t.test(w$ch[tr],w$ch[!tr]);tb<-t.test(w$y0[tr],w$y0[!tr],var.equal=TRUE);pt<-t.test(w$y1[tr],w$y0[tr],paired=TRUE)
 q<-function(z)list(t=unname(z$statistic),df=unname(z$parameter),p=z$p.value,ci=as.numeric(z$conf.int),est=as.numeric(z$estimate))
 r$t_change<-q(tt);r$welch_change<-q(tw);r$t_baseline<-q(tb);r$t_paired_training<-q(pt)
 hg<-hedges_g(w$ch[tr],w$ch[!tr],pooled_sd=TRUE);hd<-cohens_d(w$ch[tr],w$ch[!tr],pooled_sd=TRUE);nc<-ncp_t(unname(tt$statistic),45,.95)*sqrt(1/sum(tr)+1/sum(!tr)); r$g_change<-list(d_ci_exact=nc,g_ci_exact=nc*hg$Hedges_g/hd$Cohens_d,d=hd$Cohens_d,d_ci=c(hd$CI_low,hd$CI_high),g=hg$Hedges_g,g_ci=c(hg$CI_low,hg$CI_high),J_exact=hg$Hedges_g/hd$Cohens_d)
 nT<-sum(tr);nC<-sum(!tr);sp<-sqrt(((nT-1)*var(w$y0[tr])+(nC-1)*var(w$y0[!tr]))/(nT+nC-2));cP<-1-3/(4*(nT+nC-2)-1)
 r$dppc2<-cP*(mean(w$ch[tr])-mean(w$ch[!tr]))/sp
 ct<-cor.test(w$ch[tr],pr[as.character(w$id[tr])]);r$r_practice<-list(r=unname(ct$estimate),ci=as.numeric(ct$conf.int),t=unname(ct$statistic),df=unname(ct$parameter),p=ct$p.value)
 cs<-suppressWarnings(cor.test(w$ch[tr],pr[as.character(w$id[tr])],method="spearman",exact=FALSE));r$rho_practice<-list(rho=unname(cs$estimate),p=cs$p.value)
 sw<-function(x){z<-shapiro.test(x);list(W=unname(z$statistic),p=z$p.value)}; r$sw<-list(pre=sw(w$y0),change=sw(w$ch),pre_training=sw(w$y0[tr]),pre_control=sw(w$y0[!tr]))
 li<-lillie.test(w$y0);r$lillie_pre<-list(D=unname(li$statistic),p=li$p.value)
 m<-lm(y1~y0+group,w);cf<-summary(m)$coefficients;ci<-confint(m);em<-as.data.frame(emmeans(m,"group"));av<-car::Anova(m,type=3)
 r$ancova<-list(b=unname(cf["grouptraining",]),ci=as.numeric(ci["grouptraining",]),b_pre=unname(cf["y0",]),emm=em$emmean,emm_se=em$SE,emm_level=as.character(em$group),F=av["group","F value"],SS=av["group","Sum Sq"],SSE=av["Residuals","Sum Sq"],pes=av["group","Sum Sq"]/(av["group","Sum Sq"]+av["Residuals","Sum Sq"]),slopes_F=car::Anova(lm(y1~y0*group,w),type=3)["y0:group",c("F value")],slopes_p=car::Anova(lm(y1~y0*group,w),type=3)["y0:group",c("Pr(>F)")])
 wx<-suppressWarnings(wilcox.test(w$ch[tr],w$ch[!tr],exact=FALSE,correct=TRUE));r$mwu<-list(W=unname(wx$statistic),p_cc=wx$p.value,p_exact_coin=tryCatch(as.numeric(pvalue(coin::wilcox_test(ch~group,w,distribution="exact"))),error=function(e)NA),p_asym_coin=as.numeric(pvalue(coin::wilcox_test(ch~group,w))))
 ins<-sub("[.].*","",s);kk<-if(grepl(".",s,fixed=TRUE))sum(keys[[ins]]$subscale==sub(".*[.]","",s)) else length(keys[[ins]]$subscale);w$ich<-as.integer(round(w$ch*kk));stopifnot(max(abs(w$ich/kk-w$ch))<1e-9);r$permutation<-list(p_exact=as.numeric(pvalue(coin::oneway_test(ich~group,w,distribution=coin::exact(algorithm="shift")))),p_asymptotic=as.numeric(pvalue(coin::oneway_test(ch~group,w))))
 r})

## Families of tests
ps<-sapply(scales,function(s)out$mixed_A_type3[[s]]$interaction$p);out$p_adjust<-list(p=as.list(ps));for(m in c("bonferroni","holm","hochberg","hommel","BH"))out$p_adjust[[m]]<-as.list(p.adjust(ps,m))
write(toJSON(out,digits=I(15),auto_unbox=TRUE,pretty=TRUE,na="null",force=TRUE),"oracles.json")
